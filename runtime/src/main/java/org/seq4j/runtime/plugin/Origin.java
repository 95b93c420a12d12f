package org.seq4j.runtime.plugin;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The origin of a component, as users read it.
 *
 * @param name of the jar, module or plugin, "seq4j-attention"
 * @param version of it, if it is known
 * @param plugin the jar or folder, if it is a plugin of a plugins folder
 */
public record Origin(String name, Optional<String> version, Optional<Path> plugin) {

  /** Of a plugin that the program made itself. */
  public static final Origin PROGRAM =
      new Origin("this program", Optional.empty(), Optional.empty());

  /** "seq4j-attention 0.1.0", or "acme 0.3, plugins/acme.jar" for a plugin. */
  @Override
  public String toString() {
    String label = version.map(number -> name + " " + number).orElse(name);
    return plugin.map(path -> label + ", " + shortened(path)).orElse(label);
  }

  /** The last two names of a path: enough to find a plugin, and the same on every machine. */
  static String shortened(Path path) {
    int names = path.getNameCount();
    Path end = names > 2 ? path.subpath(names - 2, names) : path;
    return end.toString().replace('\\', '/');
  }
}
