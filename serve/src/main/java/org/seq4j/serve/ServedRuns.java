package org.seq4j.serve;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.seq4j.core.plugin.ComponentException;
import org.seq4j.runtime.error.RequestException;
import org.seq4j.runtime.error.UserException;
import org.seq4j.runtime.graph.scan.Precision;
import org.seq4j.runtime.io.RunException;
import org.seq4j.runtime.plugin.ComponentRegistry;
import org.seq4j.runtime.translate.EnsembleSpec;
import org.seq4j.runtime.translate.Translator;

/** The runs to serve, by the names of their models. */
public final class ServedRuns {
  private static final Pattern NAME = Pattern.compile("[\\w-][\\w.-]{0,63}");

  private final Map<String, EnsembleSpec> runs;
  private final Precision precision;
  private final Optional<ModelFolder> folder;

  private ServedRuns(
      Map<String, EnsembleSpec> runs, Precision precision, Optional<ModelFolder> folder) {
    this.runs = runs;
    this.precision = precision;
    this.folder = folder;
  }

  /**
   * Parses {@code NAME=RUN}, {@code RUN}, or {@code NAME=RUN:WEIGHT,RUN:WEIGHT} for ensembles. A
   * file instead of one of the runs is a model that joins the others.
   *
   * @param precision the number format of products with weights in a search
   * @param joining makes the model of a file, with a weight, join
   * @throws RequestException if a name is invalid or occurs twice
   */
  public static ServedRuns of(
      List<String> words,
      Precision precision,
      BiFunction<Path, Double, EnsembleSpec.Joining> joining) {
    Map<String, EnsembleSpec> runs = new LinkedHashMap<>();
    for (String text : words) {
      ModelWord word = ModelWord.parse(text);
      String folders = text.substring(text.indexOf('=') + 1);
      if (!NAME.matcher(word.name()).matches()) {
        throw new RequestException(
            "'%s' cannot be the name of a model: expected letters, digits, - _ and .; write NAME=%s"
                .formatted(word.name(), folders));
      }
      if (runs.put(word.name(), word.spec(precision, joining)) != null) {
        throw new RequestException(
            "there are two models called '%s'; write NAME=%s".formatted(word.name(), folders));
      }
    }
    return new ServedRuns(runs, precision, Optional.empty());
  }

  /** Returns runs that a folder has in addition, at the start and later. */
  public ServedRuns with(Path folder) {
    return new ServedRuns(runs, precision, Optional.of(new ModelFolder(folder)));
  }

  /** Returns true if a text can be the name of a model. */
  static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  /**
   * Starts a server, loads the models, and says that the server is ready.
   *
   * @throws IOException if the server cannot listen at its address; no model is loaded then
   */
  public TranslationServer serve(
      ComponentRegistry registry,
      Translator.Batching batching,
      ServerOptions options,
      ServerLog log)
      throws IOException {
    Function<EnsembleSpec, Supplier<Translator>> loader =
        spec -> () -> spec.load(registry).withBatching(batching);
    ModelCatalog models =
        new ModelCatalog(
            name ->
                folder
                    .flatMap(some -> some.find(name))
                    .map(run -> new ServedModel(name, loader.apply(alone(run)))));
    List<String> found = folder.map(ModelFolder::names).orElse(List.of());
    TranslationServer server = TranslationServer.start(models, options, log);
    boolean loaded = false;
    try {
      for (Map.Entry<String, EnsembleSpec> entry : runs.entrySet()) {
        ServedModel model = new ServedModel(entry.getKey(), loader.apply(entry.getValue()));
        models.add(model);
        load(model);
      }
      found.stream()
          .filter(name -> !runs.containsKey(name))
          .forEach(name -> load(name, models, log));
      server.ready();
      loaded = true;
      return server;
    } finally {
      if (!loaded) {
        server.close();
      }
    }
  }

  private EnsembleSpec alone(Path run) {
    return EnsembleSpec.of(List.of(run)).with(precision);
  }

  private static void load(ServedModel model) {
    try {
      model.load();
    } catch (RequestException e) { // thrown by the first translation, which names no run
      throw new RunException("the model %s: %s".formatted(model.name(), e.getMessage()), e);
    }
  }

  /** Loads a run of the folder; if that fails, the server goes without it. */
  private static void load(String name, ModelCatalog models, ServerLog log) {
    ServedModel model = models.find(name);
    models.add(model);
    try {
      model.load();
    } catch (UserException | ComponentException e) {
      log.event(
          ServerLog.Level.ERROR,
          "the model %s could not be loaded: %s".formatted(name, e.getMessage()));
    }
  }
}
