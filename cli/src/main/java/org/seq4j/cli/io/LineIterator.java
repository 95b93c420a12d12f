package org.seq4j.cli.io;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** Iterates over the lines of a stream as they arrive. */
public final class LineIterator implements Iterator<String> {
  private final TextLines lines;
  private final int most;
  private List<String> ready = List.of();
  private int next;

  /**
   * Creates an iterator.
   *
   * @param most the maximum number of lines to read at a time
   */
  public LineIterator(TextLines lines, int most) {
    this.lines = lines;
    this.most = most;
  }

  @Override
  public boolean hasNext() {
    if (next == ready.size()) {
      ready = lines.next(most);
      next = 0;
    }
    return next < ready.size();
  }

  @Override
  public String next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return ready.get(next++);
  }
}
