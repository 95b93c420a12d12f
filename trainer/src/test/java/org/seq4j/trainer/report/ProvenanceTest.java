package org.seq4j.trainer.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seq4j.runtime.io.RunException;

final class ProvenanceTest {
  /** As version 0.1 wrote it. */
  private static final String FILE =
      """
      {
        "name" : "toy",
        "seed" : 7,
        "started" : "2026-03-01T10:20:30Z",
        "versions" : {
          "seq4j" : "0.1.0"
        },
        "machine" : {
          "os" : "Linux 6.1",
          "architecture" : "amd64",
          "processors" : 8,
          "threads" : 2
        },
        "components" : [ {
          "kind" : "cell",
          "name" : "gru",
          "origin" : "seq4j-layers-rnn 0.1.0"
        } ],
        "data" : [ {
          "file" : "/data/train.tsv",
          "bytes" : 12,
          "sha256" : "ab12"
        } ]
      }
      """;

  private static final Provenance RECORD =
      new Provenance(
          Optional.of("toy"),
          OptionalLong.of(7),
          Optional.of(Instant.parse("2026-03-01T10:20:30Z")),
          Map.of("seq4j", "0.1.0"),
          new Provenance.Machine(
              Optional.of("Linux 6.1"), Optional.of("amd64"), OptionalInt.of(8), OptionalInt.of(2)),
          List.of(new Provenance.ComponentOrigin("cell", "gru", "seq4j-layers-rnn 0.1.0")),
          List.of(new Provenance.DataFile("/data/train.tsv", 12, "ab12")));

  @TempDir Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("provenance.json"), text);
  }

  @Test
  void isReadAsItIsWritten() throws IOException {
    assertThat(Provenance.read(file(FILE))).isEqualTo(RECORD);
    Path written = folder.resolve("written.json");
    RECORD.write(written);
    assertThat(written).hasContent(FILE);
    assertThat(RECORD.sha256("/data/train.tsv")).contains("ab12");
    assertThat(RECORD.sha256("/data/dev.tsv")).isEmpty();
  }

  @Test
  void whatWasNotNotedIsEmpty() throws IOException {
    assertThat(Provenance.read(file("{}"))).isEqualTo(Provenance.NONE);
    Provenance some =
        Provenance.read(
            file("{\"started\": \"yesterday\", \"machine\": {\"threads\": 4}, \"gpu\": 1}"));
    assertThat(some.started()).isEmpty();
    assertThat(some.machine().threads()).hasValue(4);
    assertThat(some.machine().os()).isEmpty();
  }

  @Test
  void aFileThatIsDamagedOrNotThereIsToldByName() throws IOException {
    Path damaged = file("{\"name\":");
    assertThatThrownBy(() -> Provenance.read(damaged))
        .isInstanceOf(RunException.class)
        .hasMessageStartingWith("cannot read " + damaged + ": ");
    assertThatThrownBy(() -> Provenance.read(folder.resolve("none.json")))
        .isInstanceOf(RunException.class)
        .hasMessageContaining("none.json");
  }
}
