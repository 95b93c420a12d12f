package org.seq4j.cli.debian;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.seq4j.cli.examples.SplitLines;
import org.seq4j.trainer.data.split.SplitName;

/** Pairs for translation: English synopses and paragraphs, and those of another language. */
final class Translations {
  static final String CHECKSUM = "Description-md5";

  private static final int MAX_ENGLISH_WORDS = 80;
  private static final int MAX_WORDS = 90;
  private static final double MIN_RATIO = 0.4;
  private static final double MAX_RATIO = 2.5;

  /**
   * Languages that are written with few characters and without spaces: their lengths say little.
   */
  private static final Set<String> DENSE = Set.of("ja", "zh", "zh_CN", "zh_TW", "zh_HK");

  private final String language;
  private final English english;
  private final Map<SplitName, List<Pair>> splits = new LinkedHashMap<>();
  private final LeftOut leftOut = new LeftOut();
  private int read;

  /** A text and its translation. */
  private record Pair(String english, String other) {}

  Translations(String language, English english) {
    this.language = language;
    this.english = english;
    for (SplitName split : SplitName.values()) {
      splits.put(split, new ArrayList<>());
    }
  }

  /** Adds an entry of a {@code Translation} file. */
  void add(Stanza stanza) {
    read++;
    Optional<String> checksum = stanza.value(CHECKSUM);
    Optional<Description> translated = Description.of(stanza, "Description-" + language);
    if (checksum.isEmpty() || translated.isEmpty()) {
      leftOut.add(Reason.NO_FIELD);
      return;
    }
    English.Entry entry = english.byChecksum().get(checksum.get());
    if (entry == null) {
      leftOut.add(Reason.NO_ENGLISH);
      return;
    }
    List<Pair> split = splits.get(split(entry.bucket()));
    Description original = entry.description();
    add(split, original.synopsis(), translated.get().synopsis());
    List<String> paragraphs = translated.get().paragraphs();
    if (paragraphs.size() != original.paragraphs().size()) {
      leftOut.add(Reason.OTHER_PARAGRAPHS);
      return;
    }
    for (int i = 0; i < paragraphs.size(); i++) {
      add(split, original.paragraphs().get(i), paragraphs.get(i));
    }
  }

  /** Two percent of the sources are for test, and two for dev. */
  private static SplitName split(int bucket) {
    return bucket < 20 ? SplitName.TEST : bucket < 40 ? SplitName.DEV : SplitName.TRAIN;
  }

  private void add(List<Pair> split, String text, String translated) {
    Optional<Reason> reason = reason(text, translated);
    reason.ifPresentOrElse(leftOut::add, () -> split.add(new Pair(text, translated)));
  }

  private Optional<Reason> reason(String text, String translated) {
    if (text.isEmpty() || translated.isEmpty() || text.equals(translated)) {
      return Optional.of(Reason.NOT_TRANSLATED);
    }
    boolean dense = DENSE.contains(language);
    if (words(text) > MAX_ENGLISH_WORDS || (!dense && words(translated) > MAX_WORDS)) {
      return Optional.of(Reason.TOO_LONG);
    }
    double ratio = (double) characters(translated) / characters(text);
    return dense || (ratio > MIN_RATIO && ratio < MAX_RATIO)
        ? Optional.empty()
        : Optional.of(Reason.OTHER_LENGTH);
  }

  private static long words(String text) {
    return 1 + text.chars().filter(c -> c == ' ').count();
  }

  private static int characters(String text) {
    return text.codePointCount(0, text.length());
  }

  /** Returns the pairs of the entries. */
  PairSet pairs() {
    List<Pair> all = splits.get(SplitName.TRAIN);
    Set<Pair> train = new LinkedHashSet<>(all);
    leftOut.add(Reason.TRAIN_REPEATED, all.size() - train.size());
    Set<String> known = new HashSet<>();
    train.forEach(pair -> known.add(pair.english()));
    return new PairSet(
        "en-" + language,
        new SplitLines(
            train.stream().map(pair -> line(pair.english(), pair.other())).toList(),
            clean(SplitName.DEV, known, Reason.DEV_IN_TRAINING, Reason.DEV_REPEATED),
            clean(SplitName.TEST, known, Reason.TEST_IN_TRAINING, Reason.TEST_REPEATED)),
        read,
        leftOut);
  }

  /** Keeps each text that is not in the training data once, with its last translation. */
  private List<String> clean(SplitName split, Set<String> known, Reason seen, Reason repeated) {
    Map<String, String> clean = new LinkedHashMap<>();
    for (Pair pair : splits.get(split)) {
      if (known.contains(pair.english())) {
        leftOut.add(seen);
      } else if (clean.put(pair.english(), pair.other()) != null) {
        leftOut.add(repeated);
      }
    }
    List<String> lines = new ArrayList<>();
    clean.forEach((english, other) -> lines.add(line(english, other)));
    return lines;
  }

  private static String line(String english, String other) {
    return english + "\t" + other;
  }
}
