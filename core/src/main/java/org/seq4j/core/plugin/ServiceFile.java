package org.seq4j.core.plugin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.util.List;

/**
 * A file in {@code META-INF/services} and the providers it lists.
 *
 * <p>These are the files that {@link java.util.ServiceLoader} reads, in its syntax. Seq4j reads
 * them itself because ServiceLoader tells neither which provider failed to load nor from which jar
 * it is.
 *
 * @param kind whose service it is for
 * @param url where it is
 * @param providers the names of the classes
 */
record ServiceFile(ComponentKind<?> kind, URL url, List<String> providers) {

  /** The name of the resource for a kind. */
  static String resource(ComponentKind<?> kind) {
    return "META-INF/services/" + kind.service().getName();
  }

  static ServiceFile read(ComponentKind<?> kind, URL url) throws IOException {
    URLConnection connection = url.openConnection();
    connection.setUseCaches(false); // a cached jar stays open when its class loader is closed
    try (InputStream in = connection.getInputStream()) {
      List<String> providers =
          new String(in.readAllBytes(), UTF_8)
              .lines()
              .map(line -> line.replaceFirst("#.*", "").strip())
              .filter(line -> !line.isEmpty())
              .distinct()
              .toList();
      return new ServiceFile(kind, url, providers);
    }
  }
}
