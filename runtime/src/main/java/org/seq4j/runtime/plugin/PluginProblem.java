package org.seq4j.runtime.plugin;

/**
 * Something that is wrong with a plugin.
 *
 * @param where the jar or folder, or the origin of the plugin
 * @param message what is wrong and what to do
 */
public record PluginProblem(String where, String message) {

  @Override
  public String toString() {
    return where + ": " + message;
  }
}
