package org.seq4j.cli.server;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.seq4j.core.plugin.ComponentRegistry;
import org.seq4j.core.run.Translator;

/** The runs that a server is to serve, by the names of their models. */
public final class ServedRuns {
  private static final Pattern NAME = Pattern.compile("[\\w.-]{1,64}");

  private final Map<String, Path> runs;

  private ServedRuns(Map<String, Path> runs) {
    this.runs = runs;
  }

  /**
   * Of {@code NAME=RUN} or {@code RUN}.
   *
   * @throws IllegalArgumentException if a name is none, or there twice
   */
  public static ServedRuns of(List<String> words) {
    Map<String, Path> runs = new LinkedHashMap<>();
    for (String word : words) {
      int equals = word.indexOf('=');
      Path run = Path.of(word.substring(equals + 1));
      Path folder = run.toAbsolutePath().normalize().getFileName();
      String name = equals >= 0 ? word.substring(0, equals) : String.valueOf(folder);
      if (!NAME.matcher(name).matches()) {
        throw new IllegalArgumentException(
            "'%s' cannot be the name of a model: expected letters, digits, - _ and .; write NAME=%s"
                .formatted(name, run));
      }
      if (runs.put(name, run) != null) {
        throw new IllegalArgumentException(
            "there are two models called '%s'; write NAME=%s".formatted(name, run));
      }
    }
    return new ServedRuns(runs);
  }

  /** The names, in their order. */
  public Set<String> names() {
    return runs.keySet();
  }

  /**
   * Loads the models and starts a server.
   *
   * @param accessLog where a line is written for each request
   * @throws IOException if it cannot listen there
   */
  public TranslationServer serve(
      ComponentRegistry registry,
      Translator.Batching batching,
      ServerOptions options,
      PrintStream accessLog)
      throws IOException {
    Map<String, ServedModel> models = new LinkedHashMap<>();
    boolean loaded = false;
    try {
      for (Map.Entry<String, Path> entry : runs.entrySet()) {
        models.put(
            entry.getKey(),
            new ServedModel(
                entry.getKey(),
                () -> Translator.load(entry.getValue(), registry).withBatching(batching)));
      }
      loaded = true;
    } finally {
      if (!loaded) {
        models.values().forEach(ServedModel::close);
      }
    }
    return TranslationServer.start(models, options, accessLog);
  }
}
