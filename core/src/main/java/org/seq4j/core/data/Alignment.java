package org.seq4j.core.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which symbols of a source and a target say the same: links between their positions, from 0. */
public final class Alignment {
  private static final Pattern LINK = Pattern.compile("(\\d{1,7})-(\\d{1,7})");

  private final int[] links; // source and target of one after another, without repetitions

  /**
   * A link.
   *
   * @param source the position of a symbol of the source
   * @param target the position of a symbol of the target
   */
  public record Link(int source, int target) {}

  private Alignment(int[] links) {
    this.links = links;
  }

  /**
   * Reads the format of Pharaoh and fast_align, {@code 0-0 1-2}: source, hyphen, target.
   *
   * @throws IllegalArgumentException if that is not what it is
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

  /** How many links there are. */
  public int size() {
    return links.length / 2;
  }

  /** The links, in the order they were written. */
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
