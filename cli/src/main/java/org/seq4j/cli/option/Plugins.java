package org.seq4j.cli.option;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.seq4j.cli.io.CommandException;
import org.seq4j.cli.io.GlobalOptions;
import org.seq4j.runtime.plugin.ComponentRegistry;
import org.seq4j.runtime.plugin.LoadedPlugins;
import org.seq4j.runtime.plugin.PluginLoader;

/** The components that a command may use, looked for when the first command asks. */
public final class Plugins implements AutoCloseable {
  /** Where the distribution is, as the start script found. */
  private static final String HOME = "seq4j.home";

  private final GlobalOptions options;
  private Optional<LoadedPlugins> loaded = Optional.empty();

  public Plugins(GlobalOptions options) {
    this.options = options;
  }

  /**
   * The components on the class path and in the folder of plugins.
   *
   * @throws org.seq4j.runtime.plugin.PluginException if any cannot be used
   */
  public ComponentRegistry registry() {
    if (loaded.isEmpty()) {
      loaded = Optional.of(new PluginLoader().load(folder()));
    }
    return loaded.get().registry();
  }

  private Path folder() {
    Optional<Path> named = options.plugins();
    if (named.isPresent() && !Files.isDirectory(named.get())) {
      throw new CommandException(
          named.get() + " is not a folder: --plugins takes the folder that the plugins are in");
    }
    return named.orElseGet(() -> Path.of(System.getProperty(HOME, "."), "plugins"));
  }

  @Override
  public void close() {
    loaded.ifPresent(LoadedPlugins::close);
    loaded = Optional.empty();
  }
}
