package org.seq4j.core.plugin;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * Finds factories: those on the class path, and those of the plugins in a folder, where each jar
 * and each folder is a plugin with a class loader of its own.
 *
 * <p>Whatever is wrong with any of them is collected and thrown at once.
 */
public final class PluginLoader {
  private final ClassLoader host;

  /** For the class path that Seq4j is on. */
  public PluginLoader() {
    this(PluginLoader.class.getClassLoader());
  }

  /** For the class path of a class loader, which must have Seq4j's core in it. */
  public PluginLoader(ClassLoader host) {
    this.host = host;
  }

  /**
   * The components on the class path.
   *
   * @throws PluginException if any cannot be used
   */
  public ComponentRegistry classPath() {
    ComponentRegistry.Builder registry = ComponentRegistry.builder();
    addClassPath(registry);
    return registry.build();
  }

  /**
   * The components on the class path and in a folder of plugins, which need not exist.
   *
   * @throws PluginException if any cannot be used
   */
  public LoadedPlugins load(Path plugins) {
    ComponentRegistry.Builder registry = ComponentRegistry.builder();
    addClassPath(registry);
    List<PluginClassLoader> loaders = new ArrayList<>();
    boolean done = false;
    try {
      for (Path plugin : pluginsIn(plugins, registry)) {
        addPlugin(plugin, registry, loaders);
      }
      LoadedPlugins loaded = new LoadedPlugins(registry.build(), loaders);
      done = true;
      return loaded;
    } finally {
      if (!done) {
        LoadedPlugins.closeAll(loaders);
      }
    }
  }

  private void addClassPath(ComponentRegistry.Builder registry) {
    Providers.Search search = name -> Collections.list(host.getResources(name));
    new Providers(host, search, PluginLoader::classPathOrigin, registry).register("class path");
  }

  /** The jar or folder that a service file on the class path is in. */
  private static Origin classPathOrigin(URL serviceFile) {
    try {
      URLConnection connection = serviceFile.openConnection();
      Path path =
          connection instanceof JarURLConnection jar
              ? Path.of(jar.getJarFileURL().toURI())
              : Path.of(serviceFile.toURI()).resolve("../../..").normalize();
      return PluginFiles.classPathOrigin(path);
    } catch (IOException | URISyntaxException | RuntimeException e) {
      // In some other file system. It is only for messages.
      return new Origin(serviceFile.toString(), Origin.PROGRAM.version(), Origin.PROGRAM.plugin());
    }
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
          "bundles classes of %s, which Seq4j provides. Leave them out of the plugin (in Maven: scope provided)";
      registry.complain(where, message.formatted(files.bundled().get()));
      return;
    }
    PluginClassLoader loader = new PluginClassLoader(where, files.urls(), host);
    loaders.add(loader);
    Providers.Search search = name -> Collections.list(loader.findResources(name));
    Providers providers = new Providers(loader, search, file -> files.origin(), registry);
    if (!providers.register(where)) {
      String example = ServiceFile.resource(ComponentKind.ALL.get(0));
      registry.complain(
          where, "has no provider. List its factories' classes in a file such as " + example);
    }
  }
}
