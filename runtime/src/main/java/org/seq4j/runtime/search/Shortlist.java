package org.seq4j.runtime.search;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.seq4j.core.data.CorpusException;
import org.seq4j.core.data.TextValue;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.Key;
import org.seq4j.core.search.SearchConstraint;
import org.seq4j.core.text.Vocabulary;

/**
 * Restricts the target to frequent tokens and those that a lexicon has for the source tokens (after
 * Jean et al. 2015, "On using very large target vocabulary for NMT").
 */
public final class Shortlist implements SearchConstraint {

  /** The configuration of the constraint {@code shortlist}. */
  public record Config(
      @Key(
              doc =
                  "The file of the lexicon, with one pair per line: source token, target token"
                      + " and probability, separated by tabs.",
              example = "lexicon.tsv")
          Path file,
      @Key(
              doc = "The number of most probable target tokens for each source token.",
              defaultValue = "100",
              min = 1)
          int best,
      @Key(
              doc =
                  "The number of tokens at the beginning of the target vocabulary that are"
                      + " always allowed.",
              defaultValue = "100",
              min = 0)
          int frequent) {}

  private final Map<String, List<String>> lexicon;
  private final int frequent;

  /** Reads the lexicon. */
  public Shortlist(Config config, ComponentContext context) {
    lexicon = lexicon(context.directory().resolve(config.file()), config.best());
    frequent = config.frequent();
  }

  @Override
  public Rule ruleFor(Source source) {
    Set<Integer> allowed = allowed(source);
    return (said, next) -> next.allowOnly(allowed);
  }

  private Set<Integer> allowed(Source source) {
    Vocabulary vocabulary = source.target();
    Set<Integer> allowed = new HashSet<>(List.of(Vocabulary.END, Vocabulary.UNKNOWN));
    int specials = Vocabulary.SPECIALS.size();
    for (int id = specials; id < Math.min(vocabulary.size(), specials + frequent); id++) {
      allowed.add(id);
    }
    for (String token : source.tokens()) {
      for (String target : lexicon.getOrDefault(token, List.of())) {
        allowed.add(vocabulary.id(target));
      }
    }
    return allowed;
  }

  /** A target token and its probability. */
  private record Entry(String target, double likely) {}

  private static Map<String, List<String>> lexicon(Path file, int best) {
    Map<String, List<Entry>> all = new HashMap<>();
    int number = 0;
    for (String line : lines(file)) {
      number++;
      String[] columns = line.split("\t", -1);
      all.computeIfAbsent(columns[0], source -> new ArrayList<>())
          .add(entry(columns, file, number));
    }
    Map<String, List<String>> kept = new HashMap<>();
    all.forEach(
        (source, entries) ->
            kept.put(
                source,
                entries.stream()
                    .sorted(Comparator.comparingDouble(Entry::likely).reversed())
                    .limit(best)
                    .map(Entry::target)
                    .toList()));
    return kept;
  }

  private static List<String> lines(Path file) {
    try {
      return TextValue.Lines.all(file);
    } catch (CorpusException e) { // its message is for users
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static Entry entry(String[] columns, Path file, int number) {
    try {
      if (columns.length == 3) {
        return new Entry(columns[1], Double.parseDouble(columns[2]));
      }
    } catch (NumberFormatException e) {
      // reported below
    }
    throw new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "%s, line %d: expected a source token, a tab, a target token, a tab and a number",
            file,
            number));
  }
}
