package org.seq4j.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AttentionPictureTest {

  @Test
  void drawsARowForEachTargetToken() {
    List<String> lines =
        AttentionPicture.draw(
            List.of("c", "a", "b"),
            List.of("K", "AE", "B"),
            new float[][] {{0.9f, 0.1f, 0}, {0.2f, 0.5f, 0.3f}, {0, 0.05f, 0.95f}},
            80);

    assertThat(lines)
        .containsExactly(
            "     c   a   b", " K │████░░░░    │", "AE │░░░░▒▒▒▒▒▒▒▒│", " B │        ████│");
  }

  @Test
  void fitsIntoTheWidth() {
    List<String> letters = Collections.nCopies(60, "x");
    float[][] weights = new float[1][60];

    assertThat(AttentionPicture.draw(letters, List.of("AA"), weights, 80))
        .allMatch(line -> line.length() <= 80);
    assertThat(AttentionPicture.draw(letters, List.of("AA"), weights, 40))
        .allMatch(line -> line.length() <= 40);
  }

  @Test
  void drawsNothingOfNothing() {
    assertThat(AttentionPicture.draw(List.of(), List.of(), new float[0][], 80)).hasSize(1);
  }
}
