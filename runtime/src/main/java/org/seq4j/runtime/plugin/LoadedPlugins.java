package org.seq4j.runtime.plugin;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * The available components, and the class loaders of the plugins. Closing closes the class loaders:
 * no object created by a plugin may be in use then.
 */
public final class LoadedPlugins implements AutoCloseable {
  private final ComponentRegistry registry;
  private final List<PluginProblem> problems;
  private final List<? extends Closeable> loaders;

  LoadedPlugins(
      ComponentRegistry registry, List<PluginProblem> problems, List<? extends Closeable> loaders) {
    this.registry = registry;
    this.problems = List.copyOf(problems);
    this.loaders = List.copyOf(loaders);
  }

  /** The components of the class path and the plugins. */
  public ComponentRegistry registry() {
    return registry;
  }

  /** The problems of plugins, whose components are missing; see {@link PluginLoader#loadUsable}. */
  public List<PluginProblem> problems() {
    return problems;
  }

  @Override
  public void close() {
    closeAll(loaders);
  }

  static void closeAll(List<? extends Closeable> loaders) {
    UncheckedIOException failure = null;
    for (Closeable loader : loaders) {
      try {
        loader.close();
      } catch (IOException e) {
        failure = failure == null ? new UncheckedIOException(e) : failure;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
