package org.seq4j.cli.io;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.seq4j.cli.examples.ExampleData;
import org.seq4j.runtime.config.ConfigException;
import org.seq4j.runtime.config.ConfigProblem;

/** Hints how to generate the data of an example if a config names them and they are missing. */
final class MissingExampleData {
  private static final Pattern NO_FILE =
      Pattern.compile("no such file: (.*)[/\\\\](train|dev|test)\\.tsv");

  private MissingExampleData() {}

  /** Returns a hint if the data of an example are missing. */
  static Optional<String> hint(ConfigException e, Console console) {
    return e.problems().stream()
        .map(ConfigProblem::message)
        .map(NO_FILE::matcher)
        .filter(Matcher::find)
        .map(found -> Path.of(found.group(1)).normalize())
        .filter(folder -> folder.endsWith("data"))
        .flatMap(folder -> dataOf(folder).map(data -> command(data, folder, console)).stream())
        .findFirst();
  }

  private static String command(ExampleData data, Path folder, Console console) {
    Path here = Path.of("").toAbsolutePath();
    Path output = folder.startsWith(here) ? here.relativize(folder) : folder;
    return "To generate these data:\n  "
        + console.command("data", "generate", data.name(), "--output", output);
  }

  /** Returns the data set that belongs into a folder examples/NAME/data. */
  private static Optional<ExampleData> dataOf(Path folder) {
    Path example = folder.getParent();
    if (example == null
        || example.getParent() == null
        || !example.getParent().endsWith("examples")) {
      return Optional.empty();
    }
    return ExampleData.named(example.getFileName().toString());
  }
}
