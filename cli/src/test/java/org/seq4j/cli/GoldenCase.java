package org.seq4j.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A bad input to the command: an entry of a file in {@code golden/cases}. It is run in a folder of
 * its own, {@code <tmp>}, which holds a copy of {@code golden/toy}. Its keys:
 *
 * <ul>
 *   <li>{@code name}: what is wrong
 *   <li>{@code run}: the arguments, in single quotes where they have spaces
 *   <li>{@code stdin}: what is read
 *   <li>{@code copy}: which trained run is copied to {@code <tmp>/run}
 *   <li>{@code change}: what takes the place of what in toy.yaml
 *   <li>{@code replace}: the same for any file
 *   <li>{@code files}: files and their texts
 *   <li>{@code bytes}: files and their bytes, in hexadecimal digits
 *   <li>{@code cut}: files and how many bytes are cut off their ends
 *   <li>{@code remove}: files that are not there
 * </ul>
 */
final class GoldenCase {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final Pattern WORD = Pattern.compile("(?:[^\\s']|'[^']*')+");

  private final JsonNode keys;
  private final String run;

  private GoldenCase(JsonNode keys, String usual) {
    this.keys = keys;
    this.run = keys.path("run").asText(usual);
  }

  /** The cases of a file of {@code golden/cases}; those without a command get the usual one. */
  static Stream<GoldenCase> read(String file, String usual) {
    try {
      Path path = CommandRun.project("cli/src/test/resources/golden/cases").resolve(file);
      List<GoldenCase> cases = new ArrayList<>();
      YAML.readTree(path.toFile()).forEach(entry -> cases.add(new GoldenCase(entry, usual)));
      return cases.stream();
    } catch (IOException e) {
      throw new IllegalStateException(file, e);
    }
  }

  String name() {
    return keys.get("name").asText();
  }

  /** The arguments as they are written, without the folders of this time. */
  String arguments() {
    return run;
  }

  /** Runs the command, with the folder of the trained runs and an empty one for this case. */
  CommandRun run(Path runs, Path folder) throws IOException {
    copy(CommandRun.project("cli/src/test/resources/golden/toy"), folder);
    if (keys.has("copy")) {
      copy(runs.resolve(keys.get("copy").asText()), folder.resolve("run"));
    }
    prepare(runs, folder);
    Object[] words =
        WORD.matcher(run)
            .results()
            .map(word -> word.group().replace("'", ""))
            .map(word -> word.replace("<tmp>", folder.toString()))
            .map(word -> word.replace("<runs>", runs.toString()))
            .toArray();
    return CommandRun.withInput(keys.path("stdin").asText(""), words);
  }

  private void prepare(Path runs, Path folder) throws IOException {
    replace(folder.resolve("toy.yaml"), keys.path("change"), runs);
    for (Map.Entry<String, JsonNode> entry : entries("replace")) {
      replace(folder.resolve(entry.getKey()), entry.getValue(), runs);
    }
    for (Map.Entry<String, JsonNode> entry : entries("files")) {
      Path file = folder.resolve(entry.getKey());
      Files.createDirectories(file.getParent());
      Files.writeString(file, entry.getValue().asText());
    }
    for (Map.Entry<String, JsonNode> entry : entries("bytes")) {
      String digits = entry.getValue().asText().replace(" ", "");
      Files.write(folder.resolve(entry.getKey()), HexFormat.of().parseHex(digits));
    }
    for (Map.Entry<String, JsonNode> entry : entries("cut")) {
      Path file = folder.resolve(entry.getKey());
      byte[] bytes = Files.readAllBytes(file);
      Files.write(file, Arrays.copyOf(bytes, bytes.length - entry.getValue().asInt()));
    }
    for (JsonNode file : keys.path("remove")) {
      Files.delete(folder.resolve(file.asText()));
    }
  }

  private List<Map.Entry<String, JsonNode>> entries(String key) {
    return List.copyOf(keys.path(key).properties());
  }

  private void replace(Path file, JsonNode changes, Path runs) throws IOException {
    String text = Files.readString(file);
    for (Map.Entry<String, JsonNode> change : changes.properties()) {
      if (!text.contains(change.getKey())) {
        throw new IllegalStateException(
            "%s: %s has no '%s'".formatted(name(), file, change.getKey()));
      }
      String with = change.getValue().asText().replace("<runs>", runs.toString());
      text = text.replace(change.getKey(), with);
    }
    Files.writeString(file, text);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.collect(Collectors.toList())) {
        Path copy = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(file, copy);
        }
      }
    }
  }
}
