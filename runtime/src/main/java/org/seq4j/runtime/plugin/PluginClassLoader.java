package org.seq4j.runtime.plugin;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;

/**
 * Loads the classes of one plugin. What the plugin shares with the host is served by the host
 * alone; of everything else that the host has, classes and resources, the plugin sees nothing, so
 * that it may bring its own version of any library.
 */
public final class PluginClassLoader extends URLClassLoader {

  /** The packages that the host serves, with all below them. */
  public static final List<String> HOST_PACKAGES =
      List.of(
          "org.seq4j.core", "org.tensorflow", "org.bytedeco", "com.google.protobuf", "org.slf4j");

  static {
    registerAsParallelCapable();
  }

  private final ClassLoader host;

  PluginClassLoader(String name, List<URL> urls, ClassLoader host) {
    super(name, urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    this.host = host;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    boolean shared = HOST_PACKAGES.stream().anyMatch(prefix -> name.startsWith(prefix + "."));
    return shared ? host.loadClass(name) : super.loadClass(name, resolve);
  }
}
