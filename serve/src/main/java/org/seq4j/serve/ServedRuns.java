package org.seq4j.serve;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.seq4j.runtime.error.RequestException;
import org.seq4j.runtime.graph.scan.Precision;
import org.seq4j.runtime.plugin.ComponentRegistry;
import org.seq4j.runtime.translate.EnsembleSpec;
import org.seq4j.runtime.translate.Translator;

/** The runs to serve, by the names of their models. */
public final class ServedRuns {
  private static final Pattern NAME = Pattern.compile("[\\w.-]{1,64}");

  private final Map<String, EnsembleSpec> runs;

  private ServedRuns(Map<String, EnsembleSpec> runs) {
    this.runs = runs;
  }

  /**
   * Parses {@code NAME=RUN}, {@code RUN}, or {@code NAME=RUN,RUN} for ensembles.
   *
   * @param precision the number format of products with weights in a search
   * @throws RequestException if a name is invalid or occurs twice
   */
  public static ServedRuns of(List<String> words, Precision precision) {
    Map<String, EnsembleSpec> runs = new LinkedHashMap<>();
    for (String word : words) {
      int equals = word.indexOf('=');
      String folders = word.substring(equals + 1);
      if (Arrays.stream(folders.split(",", -1)).anyMatch(String::isBlank)) {
        throw new RequestException("'%s': expected [NAME=]RUN[,RUN]...".formatted(word));
      }
      List<Path> paths = Arrays.stream(folders.split(",", -1)).map(Path::of).toList();
      String name =
          equals >= 0
              ? word.substring(0, equals)
              : paths.stream().map(ServedRuns::folder).collect(Collectors.joining("-"));
      if (!NAME.matcher(name).matches()) {
        throw new RequestException(
            "'%s' cannot be the name of a model: expected letters, digits, - _ and .; write NAME=%s"
                .formatted(name, folders));
      }
      if (runs.put(name, EnsembleSpec.of(paths).with(precision)) != null) {
        throw new RequestException(
            "there are two models called '%s'; write NAME=%s".formatted(name, folders));
      }
    }
    return new ServedRuns(runs);
  }

  private static String folder(Path run) {
    return String.valueOf(run.toAbsolutePath().normalize().getFileName());
  }

  /** Returns the names, in the order given. */
  public Set<String> names() {
    return runs.keySet();
  }

  /**
   * Loads the models and starts a server.
   *
   * @param accessLog receives a line for each request
   * @throws IOException if the server cannot listen at its address
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
      for (Map.Entry<String, EnsembleSpec> entry : runs.entrySet()) {
        models.put(
            entry.getKey(),
            new ServedModel(
                entry.getKey(), () -> entry.getValue().load(registry).withBatching(batching)));
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
