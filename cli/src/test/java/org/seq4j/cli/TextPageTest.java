package org.seq4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seq4j.runtime.run.RunDirectory;

/** The commands and the config of docs/text.md work, in their order. */
class TextPageTest {
  @TempDir private Path folder;

  @Test
  void itsCommandsWork() throws IOException {
    writeText();
    new MadeArchive(".lz4").writeLists(folder.resolve("debian/lists"));
    assertThat(new PageCommands(folder).run("docs/text.md", "text.yaml")).hasSizeGreaterThan(10);
    assertThat(Files.readString(folder.resolve("test.bpe.en"))).contains("@@");
    assertThat(folder.resolve("debian/data/en-it/test.tsv")).isNotEmptyFile();
    assertThat(new RunDirectory(folder.resolve("runs/text")).bestCheckpoints()).hasSize(1);
  }

  private void writeText() throws IOException {
    StringBuilder english = new StringBuilder();
    StringBuilder german = new StringBuilder();
    StringBuilder columns = new StringBuilder();
    StringBuilder json = new StringBuilder();
    StringBuilder csv = new StringBuilder("summary,text\n");
    List<String> things = List.of("dog", "house", "garden", "winter", "teacher", "window");
    List<String> dinge = List.of("Hund", "Haus", "Garten", "Winter", "Lehrer", "Fenster");
    for (int i = 0; i < 60; i++) {
      String en =
          "The " + things.get(i % 6) + " and the " + things.get(i / 6 % 6) + ", number " + i;
      String de = "Der " + dinge.get(i % 6) + " und der " + dinge.get(i / 6 % 6) + ", Nummer " + i;
      english.append(en).append(".\n");
      german.append(de).append(".\n");
      columns.append(en).append("!\t").append(de).append("!\n");
      csv.append('"').append(en).append(" too\",\"").append(de).append(" auch\"\n");
      json.append("{\"text\": \"")
          .append(de)
          .append("?\", \"summary\": \"")
          .append(en)
          .append("?\"}\n");
    }
    Files.writeString(folder.resolve("train.en"), english);
    Files.writeString(folder.resolve("train.de"), german);
    Files.writeString(folder.resolve("more.tsv"), columns);
    Files.writeString(folder.resolve("more.csv"), csv);
    Files.writeString(folder.resolve("more.jsonl"), json + "not json\n");
    Files.writeString(
        folder.resolve("forms.tsv"), "ev\tN PL\tevler\ngöz\tN PL\tgözler\n".repeat(9));
    Files.writeString(folder.resolve("tags.tsv"), "ev\tN;PL\tevler\ngöz\tN;SG\tgöz\n".repeat(9));
    Files.writeString(folder.resolve("forms.txt"), "ev\tN PL\n");
    String test = "The cat and the window.\nA window?\n";
    Files.writeString(folder.resolve("test.en"), test);
    Files.writeString(folder.resolve("test.de"), "OFFER animal = cat\nOFFER thing = window\n");
    Files.writeString(folder.resolve("system.en"), "The cat and a window.\nA window?\n");
    Files.writeString(folder.resolve("other.en"), "The window.\nA cat?\n");
  }
}
