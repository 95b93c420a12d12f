package org.seq4j.cli.debian;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.seq4j.cli.examples.SplitLines;
import org.seq4j.trainer.data.split.SplitName;

/**
 * Pairs for summarization: the text of a description, and its synopsis. A line has three columns:
 * the package's name and a colon, the text, and the synopsis.
 *
 * <p>The name is a column of its own, as a synopsis often ends with what only the name tells ("-
 * development files", "- Python 3.x"): a model can read it in front of the text, and a baseline can
 * leave it out.
 */
final class Summaries {
  private static final Pattern BOILERPLATE =
      Pattern.compile(
          "dummy|transitional|debug(ging)? symbols|metapackage|meta-package|meta package|virtual package",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern WORD = Pattern.compile("[a-z0-9]+");
  private static final int MIN_TEXT = 10;
  private static final int MIN_SYNOPSIS = 3;

  private final List<English.Entry> train = new ArrayList<>();
  private final List<English.Entry> dev = new ArrayList<>();
  private final List<English.Entry> test = new ArrayList<>();
  private final LeftOut leftOut = new LeftOut();

  /** Returns the pairs of an archive. */
  static PairSet of(English english) {
    Summaries summaries = new Summaries();
    summaries.leftOut.addAll(english.leftOut());
    english.byChecksum().values().forEach(summaries::add);
    return summaries.pairs(english.read());
  }

  private void add(English.Entry entry) {
    Optional<Reason> reason = reason(entry.description());
    if (reason.isPresent()) {
      leftOut.add(reason.get());
      return;
    }
    switch (split(entry.bucket())) {
      case TRAIN -> train.add(entry);
      case DEV -> dev.add(entry);
      case TEST -> test.add(entry);
    }
  }

  private static Optional<Reason> reason(Description description) {
    if (description.paragraphs().isEmpty()) {
      return Optional.of(Reason.NO_TEXT);
    }
    if (BOILERPLATE.matcher(description.synopsis()).find()) {
      return Optional.of(Reason.TRANSITIONAL);
    }
    if (words(description.text()) < MIN_TEXT) {
      return Optional.of(Reason.SHORT_TEXT);
    }
    return words(description.synopsis()) < MIN_SYNOPSIS
        ? Optional.of(Reason.SHORT_SYNOPSIS)
        : Optional.empty();
  }

  private static long words(String text) {
    return WORD.matcher(text.toLowerCase(Locale.ROOT)).results().count();
  }

  /** Two percent of the sources are for test, and two for dev. */
  private static SplitName split(int bucket) {
    int percent = bucket % 100;
    return percent < 2 ? SplitName.TEST : percent < 4 ? SplitName.DEV : SplitName.TRAIN;
  }

  private PairSet pairs(int descriptions) {
    Set<String> known = new HashSet<>();
    for (English.Entry entry : train) {
      known.add(text(entry));
      known.add(synopsis(entry));
    }
    List<String> cleanDev = clean(dev, known, Reason.DEV_IN_TRAINING);
    List<String> cleanTest = clean(test, known, Reason.TEST_IN_TRAINING);
    List<String> lines = train.stream().map(Summaries::line).toList();
    return new PairSet(
        "summaries", new SplitLines(lines, cleanDev, cleanTest), descriptions, leftOut);
  }

  private List<String> clean(List<English.Entry> entries, Set<String> known, Reason reason) {
    List<String> lines =
        entries.stream()
            .filter(entry -> !known.contains(text(entry)) && !known.contains(synopsis(entry)))
            .map(Summaries::line)
            .toList();
    leftOut.add(reason, entries.size() - lines.size());
    return lines;
  }

  private static String text(English.Entry entry) {
    return entry.description().text();
  }

  private static String synopsis(English.Entry entry) {
    return entry.description().synopsis();
  }

  private static String line(English.Entry entry) {
    return entry.name() + ":\t" + text(entry) + "\t" + synopsis(entry);
  }
}
