package org.seq4j.spark;

import static java.util.stream.Collectors.joining;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.seq4j.runtime.config.ConfigException;
import org.seq4j.runtime.config.ConfigProblem;
import org.seq4j.runtime.plugin.ComponentRegistry;
import org.seq4j.runtime.plugin.PluginLoader;
import org.seq4j.runtime.run.LoadedRun;
import org.seq4j.runtime.run.RunDirectory;
import org.seq4j.runtime.search.SearchConfig;
import org.seq4j.runtime.translate.Translator;

/**
 * The models that this JVM has loaded. Tasks share them, because each takes memory and seconds to
 * load. The system property {@code seq4j.spark.models} sets how many are kept; default 2.
 */
final class LoadedModels {
  private static final int KEPT = Integer.getInteger("seq4j.spark.models", 2);

  /** The models, the least recently used first; also the lock. */
  private static final Map<ModelKey, Model> LOADED = new LinkedHashMap<>(4, 0.75f, true);

  private LoadedModels() {}

  /** A loaded model and the number of its users. */
  private static final class Model {
    private final LoadedRun run;
    private final Translator translator;
    private final ComponentRegistry registry;
    private int users;

    Model(LoadedRun run, ComponentRegistry registry) {
      this.run = run;
      this.translator = Translator.of(run);
      this.registry = registry;
    }
  }

  /** A model that is not freed before this is closed. */
  static final class Use implements AutoCloseable {
    private final Model model;
    private boolean closed;

    private Use(Model model) {
      this.model = model;
    }

    Translator translator() {
      return model.translator;
    }

    /**
     * Returns the search of the run with overrides.
     *
     * @param settings overrides such as {@code size=5}
     * @throws IllegalArgumentException if a setting is invalid
     */
    SearchConfig search(List<String> settings) {
      List<String> overrides = settings.stream().map(it -> "search." + it).toList();
      try {
        return LoadedRun.readConfig(model.run.directory(), model.registry, overrides).search();
      } catch (ConfigException e) { // its message names a temporary folder
        throw new IllegalArgumentException(
            e.problems().stream().map(ConfigProblem::toString).collect(joining("; ")), e);
      }
    }

    @Override
    public void close() {
      synchronized (LOADED) {
        if (!closed) {
          closed = true;
          model.users--;
        }
      }
    }
  }

  /**
   * Returns the model of an archive; loads it if this JVM has not yet. Other tasks wait meanwhile.
   *
   * @throws org.seq4j.runtime.error.UserException if it cannot be loaded
   */
  static Use use(ModelKey key, Supplier<byte[]> archive) {
    synchronized (LOADED) {
      Model model = LOADED.get(key);
      if (model == null) {
        freeUnused();
        model = load(key, RunArchive.unpack(archive.get()));
        LOADED.put(key, model);
      }
      model.users++;
      return new Use(model);
    }
  }

  /** Frees the least recently used models that nobody uses, so that one more may be loaded. */
  private static void freeUnused() {
    for (Map.Entry<ModelKey, Model> entry : new ArrayList<>(LOADED.entrySet())) {
      if (LOADED.size() >= KEPT && entry.getValue().users == 0) {
        LOADED.remove(entry.getKey());
        entry.getValue().translator.close();
      }
    }
  }

  private static Model load(ModelKey key, Path folder) {
    ComponentRegistry registry = new PluginLoader(loader()).classPath();
    RunDirectory run = new RunDirectory(folder);
    return new Model(
        LoadedRun.open(run, run.checkpoint(), registry, key.precisionOfSearch(), key.threads()),
        registry);
  }

  /** Returns the loader that sees the jars of the job, with plugins among them. */
  static ClassLoader loader() {
    ClassLoader ours = LoadedModels.class.getClassLoader();
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    try {
      boolean seesOurs =
          context != null && context.loadClass(LoadedModels.class.getName()) == LoadedModels.class;
      return seesOurs ? context : ours;
    } catch (ClassNotFoundException e) {
      return ours;
    }
  }
}
