package org.seq4j.cli.view;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** A table of text with aligned columns; columns of numbers are right-aligned. */
public final class Table {
  private static final Pattern FIGURE = Pattern.compile("[-+]?[\\d.,]+( ?%)?|-|");

  private final List<List<String>> rows = new ArrayList<>();

  public Table(String... header) {
    rows.add(List.of(header));
  }

  public void add(String... cells) {
    add(Arrays.asList(cells));
  }

  public void add(List<String> cells) {
    if (cells.size() != rows.get(0).size()) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "Expected %d cells, got %s", rows.get(0).size(), cells));
    }
    rows.add(List.copyOf(cells));
  }

  /** Returns the lines, the header first. */
  public List<String> lines() {
    return rows.stream().map(this::line).toList();
  }

  private String line(List<String> row) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < row.size(); column++) {
      String cell = row.get(column);
      String padding = " ".repeat(width(column) - length(cell));
      line.append(column == 0 ? "" : "  ");
      line.append(isOfFigures(column) ? padding + cell : cell + padding);
    }
    return line.toString().stripTrailing();
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> length(row.get(column))).max().orElse(0);
  }

  private static int length(String cell) {
    return cell.codePointCount(0, cell.length());
  }

  private boolean isOfFigures(int column) {
    return rows.stream().skip(1).allMatch(row -> FIGURE.matcher(row.get(column)).matches());
  }
}
