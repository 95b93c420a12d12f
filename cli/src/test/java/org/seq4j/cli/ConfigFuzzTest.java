package org.seq4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damaged config files: {@code seq4j check} either accepts one, or says in which line and at which
 * key it is wrong. It never ends in a stack trace, and never calls a user's mistake an internal
 * error.
 */
final class ConfigFuzzTest {
  private static final List<String> WHOLE_FILE =
      List.of("  empty file. Expected keys and values", "  expected text in UTF-8, got ");

  @TempDir Path folder;

  @Test
  void everyMessageHasAPlace() throws IOException {
    check(120, 1);
  }

  @Test
  @Tag("slow")
  void everyMessageOfTenThousandHasAPlace() throws IOException {
    check(10_000, 2);
  }

  private void check(int count, long seed) throws IOException {
    List<String> configs = configs();
    Mutator mutator = new Mutator(seed, Mutator.words(configs));
    Map<String, String> faults = new TreeMap<>(); // one example of each
    int accepted = 0;
    for (int i = 0; i < count; i++) {
      byte[] bytes = mutator.text(configs.get(i % configs.size()));
      Path file = folder.resolve(i % 4 == 0 ? "fuzz.json" : "fuzz.yaml");
      Files.write(file, bytes);
      CommandRun run = CommandRun.of("check", file);
      accepted += run.status() == 0 ? 1 : 0;
      String fault = fault(run, file);
      if (!fault.isEmpty()) {
        faults.putIfAbsent(
            fault.replaceAll("[0-9]+", "0").replaceAll("'[^']*'|\"[^\"]*\"", "'x'"),
            String.format(
                Locale.ROOT,
                "case %d of seed %d: %s%n---%n%s",
                i,
                seed,
                run.err(),
                new String(bytes, StandardCharsets.UTF_8)));
      }
    }
    assertThat(faults).as("messages without a place, or worse").isEmpty();
    assertThat(accepted).as("damaged configs that are still valid").isBetween(1, count / 2);
  }

  /** Returns what is wrong with the answer, or an empty text. */
  private static String fault(CommandRun run, Path file) {
    if (run.status() == 0) {
      return run.out().startsWith(file + ": ok\n") ? "" : "no summary";
    }
    if (run.status() != 3) {
      return "status " + run.status();
    }
    if (run.err().contains("internal error") || run.err().contains("Exception")) {
      return "not a message for users";
    }
    List<String> lines = run.err().lines().toList();
    if (!lines.get(0).matches("\\Q" + file + "\\E: \\d+ problems?")) {
      return "does not begin with the file";
    }
    return lines.stream()
        .skip(1)
        .takeWhile(line -> !line.equals("To generate these data:"))
        .filter(line -> !line.matches("(?s)  line \\d+[ ,].+"))
        .filter(line -> WHOLE_FILE.stream().noneMatch(line::startsWith))
        .findFirst()
        .map(line -> "no place: " + line)
        .orElse("");
  }

  /** The configs of the examples, with data that are there. */
  private List<String> configs() throws IOException {
    Path data = Files.createDirectory(folder.resolve("data"));
    try (Stream<Path> files = Files.walk(CommandRun.project("examples"), 2)) {
      List<String> configs = new ArrayList<>();
      for (Path file : files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList()) {
        if (!file.endsWith("plugin.yaml")) {
          configs.add(
              Files.readString(file)
                  .replaceAll("(?m) *#.*$", "")
                  .replaceAll("(\\$\\{[A-Z0-9]+}|../reverse/data)", "data"));
        }
      }
      for (String config : configs) {
        Matcher names = Pattern.compile("data/[a-z0-9]+\\.[a-z]+").matcher(config);
        while (names.find()) {
          write(data.resolveSibling(names.group()));
        }
      }
      return configs;
    }
  }

  private static void write(Path file) throws IOException {
    String line =
        file.toString().endsWith(".bpe")
            ? "#version: 0.2\nd o\n"
            : "1 2 3 4 5 6 7 8 9 10\t1 2 3 4 5 6 7 8 9 10\t1 2 3\n";
    Files.writeString(file, line);
  }
}
