package org.seq4j.cli.option;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.seq4j.cli.io.CommandException;
import org.seq4j.cli.io.Distribution;
import org.seq4j.cli.io.GlobalOptions;
import org.seq4j.runtime.plugin.ComponentRegistry;
import org.seq4j.runtime.plugin.LoadedPlugins;
import org.seq4j.runtime.plugin.PluginLoader;

/** The components that a command may use; they are loaded on first use. */
public final class Plugins implements AutoCloseable {
  private final GlobalOptions options;
  private Optional<LoadedPlugins> loaded = Optional.empty();

  public Plugins(GlobalOptions options) {
    this.options = options;
  }

  /**
   * Returns the components on the class path and in the folder of plugins.
   *
   * @throws org.seq4j.runtime.plugin.PluginException if a plugin cannot be used
   */
  public ComponentRegistry registry() {
    if (loaded.isEmpty()) {
      loaded = Optional.of(new PluginLoader().load(folder()));
    }
    return loaded.get().registry();
  }

  /** Returns the components that can be used, with the problems of other plugins. */
  public LoadedPlugins usable() {
    if (loaded.isEmpty()) {
      loaded = Optional.of(new PluginLoader().loadUsable(folder()));
    }
    return loaded.get();
  }

  /** Returns the components that have been loaded; none if no command has asked for them. */
  public ComponentRegistry inUse() {
    return loaded.map(LoadedPlugins::registry).orElseGet(ComponentRegistry::of);
  }

  private Path folder() {
    Optional<Path> named = options.plugins();
    if (named.isPresent() && !Files.isDirectory(named.get())) {
      throw new CommandException(
          named.get() + " is not a folder: --plugins expects the folder that contains the plugins");
    }
    return named.orElseGet(() -> Distribution.folder("plugins"));
  }

  @Override
  public void close() {
    loaded.ifPresent(LoadedPlugins::close);
    loaded = Optional.empty();
  }
}
