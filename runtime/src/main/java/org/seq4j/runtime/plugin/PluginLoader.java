package org.seq4j.runtime.plugin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Finds plugins on the class path and in a folder. Each jar and each subfolder of the folder is a
 * plugin with its own class loader.
 *
 * <p>All problems are collected, and thrown or returned at once.
 */
public final class PluginLoader {
  private final ClassLoader host;

  /** Creates a loader for the class path of Seq4j. */
  public PluginLoader() {
    this(PluginLoader.class.getClassLoader());
  }

  /** Creates a loader for the class path of a class loader, which must contain Seq4j's core. */
  public PluginLoader(ClassLoader host) {
    this.host = host;
  }

  /**
   * Loads the components on the class path.
   *
   * @throws PluginException if a plugin has a problem
   */
  public ComponentRegistry classPath() {
    ComponentRegistry.Builder registry = ComponentRegistry.builder();
    addClassPath(registry);
    return registry.build();
  }

  /**
   * Loads the components on the class path and in a folder of plugins, which may be absent.
   *
   * @throws PluginException if a plugin has a problem
   */
  public LoadedPlugins load(Path plugins) {
    LoadedPlugins loaded = loadUsable(plugins);
    if (!loaded.problems().isEmpty()) {
      loaded.close();
      throw new PluginException(loaded.problems());
    }
    return loaded;
  }

  /**
   * Loads the components without problems on the class path and in a folder of plugins, and returns
   * the problems of the others.
   */
  public LoadedPlugins loadUsable(Path plugins) {
    ComponentRegistry.Builder registry = ComponentRegistry.builder();
    addClassPath(registry);
    List<PluginClassLoader> loaders = new ArrayList<>();
    boolean done = false;
    try {
      for (Path plugin : pluginsIn(plugins, registry)) {
        addPlugin(plugin, registry, loaders);
      }
      LoadedPlugins loaded =
          new LoadedPlugins(registry.buildUsable(), registry.problems(), loaders);
      done = true;
      return loaded;
    } finally {
      if (!done) {
        LoadedPlugins.closeAll(loaders);
      }
    }
  }

  private void addClassPath(ComponentRegistry.Builder registry) {
    new Providers(host, new ClassPathOrigins(host), registry).register();
  }

  private static List<Path> pluginsIn(Path folder, ComponentRegistry.Builder registry) {
    if (!Files.exists(folder)) {
      return List.of();
    }
    if (!Files.isDirectory(folder)) {
      registry.complain(folder.toString(), "is not a folder; plugins are jars or folders in one");
      return List.of();
    }
    try (Stream<Path> children = Files.list(folder)) {
      return children.filter(PluginFiles::isPlugin).sorted().toList();
    } catch (IOException e) {
      registry.complain(folder.toString(), "cannot be read: " + e);
      return List.of();
    }
  }

  private void addPlugin(
      Path path, ComponentRegistry.Builder registry, List<PluginClassLoader> loaders) {
    String where = Origin.shortened(path);
    PluginFiles files;
    try {
      files = PluginFiles.ofPlugin(path);
    } catch (IOException e) {
      registry.complain(where, "is not a readable jar. Copy or build it again: " + e.getMessage());
      return;
    }
    if (files.bundled().isPresent()) {
      String message =
          "bundles classes of %s, which Seq4j provides. Leave them out of the plugin (in Maven:"
              + " scope provided)";
      registry.complain(where, message.formatted(files.bundled().get()));
      return;
    }
    PluginClassLoader loader = new PluginClassLoader(where, files.urls(), host);
    loaders.add(loader);
    if (!new Providers(loader, new InPlugin(files.origin()), registry).register()) {
      registry.complain(where, noPlugin(path));
    }
  }

  private static String noPlugin(Path path) {
    String message = "lists no plugin. Name its class in a file " + Providers.SERVICE;
    return Files.isDirectory(path)
        ? message
        : message
            + ". If it is a library of a plugin, put both jars into a folder of their own: each"
            + " folder in the folder of plugins is one plugin";
  }

  /** The origin of all classes that a plugin's own class loader finds. */
  private record InPlugin(Origin origin) implements Providers.Origins {
    @Override
    public Origin of(Class<?> plugin) {
      return origin;
    }

    @Override
    public Origin ofListed(String className) {
      return origin;
    }
  }
}
