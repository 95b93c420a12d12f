package org.seq4j.runtime.plugin;

/**
 * A problem of a plugin.
 *
 * @param where the jar or folder, or the origin of the plugin
 * @param message the problem and the remedy
 */
public record PluginProblem(String where, String message) {

  @Override
  public String toString() {
    return where + ": " + message;
  }
}
