package org.seq4j.testkit;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.seq4j.runtime.plugin.ComponentRegistry;
import org.seq4j.runtime.plugin.PluginLoader;
import org.seq4j.runtime.plugin.Providers;

/**
 * A plugin of the class path, packed as a jar in a folder of plugins.
 *
 * @param location the folder of classes, or the jar, on the class path
 * @param plugins the folder that a {@link PluginLoader} reads
 * @param jar the jar in that folder or below it
 */
record PluginJar(URL location, Path plugins, Path jar) {

  /** Packs a plugin; with libraries, as a folder of jars. */
  static PluginJar of(Class<?> plugin, Path plugins, List<Path> libraries) throws IOException {
    URL location = plugin.getProtectionDomain().getCodeSource().getLocation();
    Path folder = libraries.isEmpty() ? plugins : plugins.resolve("plugin-under-test");
    Path jar = Files.createDirectories(folder).resolve("plugin-under-test.jar");
    for (Path library : libraries) {
      Files.copy(library, folder.resolve(library.getFileName().toString()));
    }
    Path source = path(location);
    if (Files.isDirectory(source)) {
      pack(source, jar);
    } else {
      Files.copy(source, jar);
    }
    return new PluginJar(location, plugins, jar);
  }

  private static Path path(URL location) {
    try {
      return Path.of(location.toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void pack(Path classes, Path jar) throws IOException {
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        out.putNextEntry(new JarEntry(classes.relativize(file).toString().replace('\\', '/')));
        Files.copy(file, out);
      }
    }
  }

  /** Returns true if the jar lists a plugin class as a service. */
  boolean lists(Class<?> plugin) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      JarEntry listed = file.getJarEntry(Providers.SERVICE);
      return listed != null
          && new String(file.getInputStream(listed).readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .anyMatch(line -> line.strip().equals(plugin.getName()));
    }
  }

  /** Returns the components of the class path. */
  static ComponentRegistry host() {
    return new PluginLoader().classPath();
  }

  /** Returns a class loader of the class path in which the plugin is not listed. */
  ClassLoader hostWithoutIt() {
    return new ClassLoader(PluginLoader.class.getClassLoader()) {
      @Override
      public Enumeration<URL> getResources(String name) throws IOException {
        return Collections.enumeration(
            Collections.list(super.getResources(name)).stream()
                .filter(url -> !url.toString().contains(location.toString()))
                .toList());
      }
    };
  }
}
