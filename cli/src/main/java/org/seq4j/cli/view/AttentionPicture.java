package org.seq4j.cli.view;

import java.util.ArrayList;
import java.util.List;

/**
 * Draws attention weights: a row for each target token, a column for each source token; darker
 * means a larger weight. It uses plain characters, so that it needs no colour.
 */
public final class AttentionPicture {
  private static final String SHADES = " ░▒▓█";
  private static final int WIDEST_CELL = 4;

  private AttentionPicture() {}

  /**
   * Returns the lines of the picture.
   *
   * @param source the source tokens
   * @param target the output tokens
   * @param weights {@code [target][source]}, each row sums to at most 1
   * @param columns maximum width of the picture; further source tokens are omitted
   */
  public static List<String> draw(
      List<String> source, List<String> target, float[][] weights, int columns) {
    int label = target.stream().mapToInt(AttentionPicture::length).max().orElse(0);
    int space = columns - label - 3; // a blank and the two edges
    int cell = Math.max(1, Math.min(WIDEST_CELL, space / Math.max(1, source.size())));
    int shown = Math.min(source.size(), space / cell);
    List<String> lines = new ArrayList<>();
    StringBuilder header = new StringBuilder(" ".repeat(label + 2));
    source.subList(0, shown).forEach(token -> header.append(centred(token, cell)));
    lines.add(header.toString().stripTrailing());
    for (int row = 0; row < Math.min(target.size(), weights.length); row++) {
      String name = target.get(row);
      StringBuilder line = new StringBuilder(" ".repeat(label - length(name)));
      line.append(name).append(" │");
      for (int column = 0; column < shown; column++) {
        line.append(shade(weights[row][column]).repeat(cell));
      }
      lines.add(line.append("│").toString());
    }
    return lines;
  }

  /** Returns the legend of the shades. */
  public static String legend() {
    return "░ from 10 %   ▒ from 30 %   ▓ from 55 %   █ from 80 %";
  }

  private static String shade(float weight) {
    int shade = weight < 0.1 ? 0 : weight < 0.3 ? 1 : weight < 0.55 ? 2 : weight < 0.8 ? 3 : 4;
    return SHADES.substring(shade, shade + 1);
  }

  /** Returns the token centred in its cell, truncated if it is too long. */
  private static String centred(String token, int width) {
    int length = length(token);
    if (length > width) {
      return token.substring(0, token.offsetByCodePoints(0, width));
    }
    int left = (width - length) / 2;
    return " ".repeat(left) + token + " ".repeat(width - length - left);
  }

  private static int length(String token) {
    return token.codePointCount(0, token.length());
  }
}
