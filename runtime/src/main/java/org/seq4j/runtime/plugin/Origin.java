package org.seq4j.runtime.plugin;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The origin of a component, for users.
 *
 * @param name name of the jar, module or plugin, "seq4j-attention"
 * @param version version, if known
 * @param plugin the jar or folder, if it is in a plugins folder
 */
public record Origin(String name, Optional<String> version, Optional<Path> plugin) {

  /** The origin of plugins that the program created. */
  public static final Origin PROGRAM =
      new Origin("this program", Optional.empty(), Optional.empty());

  /** Returns "seq4j-attention 0.1.0", or "acme 0.3, plugins/acme.jar" for a plugin. */
  @Override
  public String toString() {
    String label = version.map(number -> name + " " + number).orElse(name);
    return plugin.map(path -> label + ", " + shortened(path)).orElse(label);
  }

  /**
   * Returns the last two names of a path: enough to find a plugin, and independent of the machine.
   */
  static String shortened(Path path) {
    int names = path.getNameCount();
    Path end = names > 2 ? path.subpath(names - 2, names) : path;
    return end.toString().replace('\\', '/');
  }
}
