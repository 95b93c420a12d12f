package org.seq4j.runtime.plugin;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;

/**
 * Loads the classes of one plugin. Shared packages are loaded only from the host; all other classes
 * and resources of the host are hidden, so that the plugin may contain its own version of any
 * library.
 */
public final class PluginClassLoader extends URLClassLoader {

  /** The packages loaded from the host, with their subpackages. */
  public static final List<String> HOST_PACKAGES =
      List.of(
          "org.seq4j.core", "org.tensorflow", "org.bytedeco", "com.google.protobuf", "org.slf4j");

  /** Begins the name of each class loader of a plugin, which the frames of stack traces have. */
  static final String NAME = "plugin:";

  static {
    registerAsParallelCapable();
  }

  private final ClassLoader host;

  PluginClassLoader(String name, List<URL> urls, ClassLoader host) {
    super(NAME + name, urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    this.host = host;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    boolean shared = HOST_PACKAGES.stream().anyMatch(prefix -> name.startsWith(prefix + "."));
    return shared ? host.loadClass(name) : super.loadClass(name, resolve);
  }
}
