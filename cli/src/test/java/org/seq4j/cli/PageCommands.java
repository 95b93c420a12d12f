package org.seq4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The code blocks of a page: its configs, and the commands that begin with {@code seq4j}, whose
 * files and runs are those of a folder.
 *
 * @param folder where the files are that the commands name
 */
record PageCommands(Path folder) {
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w+)\\n(.*?)^```$");
  private static final Pattern NAMED = Pattern.compile("# ([\\w-]+\\.yaml)\n");
  private static final Pattern WORD = Pattern.compile("((?:[^\\s']|'[^']*')+)");
  private static final Pattern FILE =
      Pattern.compile(
          "\\b[\\w.]+\\.(?:arpa\\.gz|bpe|model|txt|en|de|tsv|csv|jsonl|yaml|npz|safetensors|wav)\\b|\\b(?:runs|debian)/\\w+|\\bparts\\b");

  /**
   * Writes the configs, to the file that their first line names or to {@code config}, and runs the
   * commands in their order; each must succeed.
   */
  List<String> run(String page, String config) throws IOException {
    List<String> commands = new ArrayList<>();
    Matcher blocks = BLOCK.matcher(Files.readString(CommandRun.project(page)));
    while (blocks.find()) {
      if (blocks.group(1).equals("yaml")) {
        Matcher named = NAMED.matcher(blocks.group(2));
        String name = named.lookingAt() ? named.group(1) : config;
        Files.writeString(folder.resolve(name), blocks.group(2));
      } else if (blocks.group(1).equals("sh")) {
        commands.addAll(blocks.group(2).lines().toList());
      }
    }
    assertThat(commands).isNotEmpty().allMatch(line -> line.startsWith("seq4j "));
    for (String command : commands) {
      CommandRun run = CommandRun.of(words(command));
      assertThat(run.status()).as("%s%n%s", command, run.err()).isZero();
      if (!command.contains(" train ") && !command.contains("--output")) {
        assertThat(run.out()).as(command).isNotBlank();
      }
    }
    return commands;
  }

  /** The words of a command, files in the folder. */
  private Object[] words(String command) {
    List<Object> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(command.substring("seq4j ".length()));
    while (matcher.find()) {
      words.add(
          FILE.matcher(matcher.group(1).replace("'", ""))
              .replaceAll(
                  file -> Matcher.quoteReplacement(folder.resolve(file.group()).toString())));
    }
    return words.toArray();
  }
}
