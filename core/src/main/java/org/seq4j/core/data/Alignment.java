package org.seq4j.core.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** A word alignment: links between token positions of a source and a target, counted from 0. */
public final class Alignment {
  private static final Pattern LINK = Pattern.compile("(\\d{1,7})-(\\d{1,7})");

  private final int[] links; // source and target of each link, without repetitions

  /**
   * A link between two tokens.
   *
   * @param source position of the token in the source
   * @param target position of the token in the target
   */
  public record Link(int source, int target) {}

  private Alignment(int[] links) {
    this.links = links;
  }

  /**
   * Parses the Pharaoh format, as fast_align writes it: {@code 0-0 1-2}, source-target.
   *
   * @throws IllegalArgumentException if the text is not in this format
   */
  public static Alignment parse(String text) {
    String stripped = text.strip();
    int[] links =
        stripped.isEmpty()
            ? new int[0]
            : Arrays.stream(stripped.split("\\s+", -1))
                .map(Alignment::link)
                .distinct()
                .flatMapToInt(link -> Arrays.stream(new int[] {link.source(), link.target()}))
                .toArray();
    return new Alignment(links);
  }

  private static Link link(String word) {
    Matcher matcher = LINK.matcher(word);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "expected an alignment such as '0-0 1-2' (source-target, counted from 0), got '%s'"
              .formatted(word));
    }
    return new Link(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }

  /** Returns the links of the first {@code length} source tokens. */
  public Alignment upTo(int length) {
    return new Alignment(
        links().stream()
            .filter(link -> link.source() < length)
            .flatMapToInt(link -> IntStream.of(link.source(), link.target()))
            .toArray());
  }

  /** The number of links. */
  public int size() {
    return links.length / 2;
  }

  /** The links in the order of the text that they were parsed from, each once. */
  public List<Link> links() {
    List<Link> all = new ArrayList<>();
    for (int i = 0; i < links.length; i += 2) {
      all.add(new Link(links[i], links[i + 1]));
    }
    return all;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Alignment that && Arrays.equals(links, that.links);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(links);
  }

  @Override
  public String toString() {
    return links().toString();
  }
}
