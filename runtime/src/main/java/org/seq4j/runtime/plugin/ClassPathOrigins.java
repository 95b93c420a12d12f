package org.seq4j.runtime.plugin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Collections;
import java.util.Optional;

/**
 * Finds the jars and folders of plugins on a class path. They are only for messages, so that an
 * unknown origin is no error.
 *
 * @param loader loader of the class path
 */
record ClassPathOrigins(ClassLoader loader) implements Providers.Origins {
  private static final Origin UNKNOWN =
      new Origin("class path", Optional.empty(), Optional.empty());

  @Override
  public Origin of(Class<?> plugin) {
    CodeSource source = plugin.getProtectionDomain().getCodeSource();
    try {
      return source == null
          ? UNKNOWN
          : PluginFiles.classPathOrigin(Path.of(source.getLocation().toURI()));
    } catch (URISyntaxException | RuntimeException e) { // in another file system
      return new Origin(source.getLocation().toString(), UNKNOWN.version(), UNKNOWN.plugin());
    }
  }

  @Override
  public Origin ofListed(String className) {
    try {
      for (URL file : Collections.list(loader.getResources(Providers.SERVICE))) {
        URLConnection connection = file.openConnection();
        if (lists(connection, className)) {
          return PluginFiles.classPathOrigin(
              connection instanceof JarURLConnection jar
                  ? Path.of(jar.getJarFileURL().toURI())
                  : Path.of(file.toURI()).resolve("../../..").normalize());
        }
      }
    } catch (IOException | URISyntaxException | RuntimeException e) {
      return UNKNOWN;
    }
    return UNKNOWN;
  }

  private static boolean lists(URLConnection serviceFile, String className) throws IOException {
    serviceFile.setUseCaches(false); // a cached jar stays open when its class loader is closed
    try (InputStream in = serviceFile.getInputStream()) {
      return new String(in.readAllBytes(), UTF_8)
          .lines()
          .anyMatch(line -> line.replaceFirst("#.*", "").strip().equals(className));
    }
  }
}
