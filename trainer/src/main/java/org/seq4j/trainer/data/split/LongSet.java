package org.seq4j.trainer.data.split;

import java.util.Arrays;

/**
 * A memory-efficient set of numbers: a hash table with open addressing that is at most half full.
 */
public final class LongSet {
  private static final int FIRST_SIZE = 1 << 10;

  private long[] table = new long[FIRST_SIZE]; // 0 marks an empty slot
  private int size;
  private boolean hasZero;

  /** Adds a number. Returns true if the set did not contain it. */
  public boolean add(long number) {
    if (number == 0) {
      boolean added = !hasZero;
      hasZero = true;
      return added;
    }
    int at = place(table, number);
    if (table[at] == number) {
      return false;
    }
    table[at] = number;
    size++;
    if (size > table.length / 2) {
      long[] larger = new long[2 * table.length];
      Arrays.stream(table).filter(it -> it != 0).forEach(it -> larger[place(larger, it)] = it);
      table = larger;
    }
    return true;
  }

  /** Returns true if the set contains a number. */
  public boolean has(long number) {
    return number == 0 ? hasZero : table[place(table, number)] == number;
  }

  private static int place(long[] table, long number) {
    int mask = table.length - 1;
    int at = (int) StableRandom.mix(number) & mask;
    while (table[at] != 0 && table[at] != number) {
      at = (at + 1) & mask;
    }
    return at;
  }
}
