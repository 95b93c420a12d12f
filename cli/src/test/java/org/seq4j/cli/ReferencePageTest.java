package org.seq4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * docs/reference.md is what {@code seq4j schema --markdown} writes. With the system property
 * seq4j.reference.write=true the test writes the page.
 */
class ReferencePageTest {
  @Test
  void thePageIsUpToDate() throws IOException {
    String written = CommandRun.of("schema", "--markdown").out();
    Path page = CommandRun.project("docs").resolve("reference.md");
    if (Boolean.getBoolean("seq4j.reference.write")) {
      Files.writeString(page, written);
    }
    assertThat(Files.readString(page))
        .as("seq4j schema --markdown > docs/reference.md")
        .isEqualTo(written);
  }

  @Test
  void itHasTheKeysOfEverySectionAndComponent() {
    String page = CommandRun.of("schema", "--markdown").out();
    assertThat(page)
        .contains("| `training.batch.size` | whole number, at least 1 | `64` | ")
        .contains("| `data.held_out.fraction` |")
        .contains("| `search.rules.no_repeat_ngram` |")
        .contains("| `evaluation.metrics` |")
        .contains("| `ranges.scale` | one of linear, log | `linear` | ")
        .contains("### `cosine` (schedule)");
  }
}
