package org.seq4j.trainer.metric;

import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.seq4j.core.metric.AdditiveMetric;
import org.seq4j.core.plugin.Key;

/**
 * The slot error rate, (missing + wrong) / slots, after Wen et al. (2015, "Semantically conditioned
 * LSTM-based natural language generation for spoken dialogue systems"), counted without a model:
 *
 * <ul>
 *   <li>A slot is a value in the source's actions that the reference says verbatim, in any case, as
 *       whole words; equal values are one. "True" and the like, which a reference does not say, are
 *       none.
 *   <li>Missing is a slot that the hypothesis does not say.
 *   <li>Wrong is a number of the hypothesis that occurs neither in the source nor in the reference.
 *       A number written in place of a value is therefore wrong, and the value is missing.
 * </ul>
 *
 * <p>Of several references, the one with the fewest errors is used, and of those the one with the
 * most slots. If there are no slots at all, the errors are divided by 1.
 */
public final class SlotErrorMetric implements AdditiveMetric {
  private static final Pattern NUMBER = Pattern.compile("\\p{Nd}+(?:[.,:]\\p{Nd}+)*");

  /** The keys of {@code slot-error}. */
  public record Config(
      @Key(
              doc =
                  "Regular expression that finds the values in a source; its first group is a value. By"
                      + " default, what follows ' = ' or ' | ', up to the next ' | ' or ' ; ', as in"
                      + " 'REQUEST cuisine = Mexican | Italian ; INFORM rating = 4.0'.",
              defaultValue = "'" + SlotValues.DEFAULT + "'")
          String values) {

    /** Checks the regular expression. */
    public Config {
      new SlotValues(values); // its message names the key
    }
  }

  private final SlotValues values;

  /** Creates the metric. */
  public SlotErrorMetric(Config config) {
    this.values = new SlotValues(config.values());
  }

  @Override
  public Set<Input> needs() {
    return Set.of(Input.SOURCES);
  }

  /** The errors compared with a reference, and the number of its slots. */
  private record Errors(int count, int slots) {
    static final Comparator<Errors> FEWEST =
        Comparator.comparingInt(Errors::count)
            .thenComparing(Comparator.comparingInt(Errors::slots).reversed());
  }

  /** Returns the errors and the slots of the reference. */
  @Override
  public double[] statistics(Sample sample) {
    String source =
        sample
            .source()
            .orElseThrow(
                () -> new IllegalArgumentException("slot-error needs the source of each sample"));
    Set<String> given = values.different(source);
    Errors errors =
        sample.references().stream()
            .map(reference -> errors(source, given, sample.hypothesis().raw(), reference.raw()))
            .min(Errors.FEWEST)
            .orElseThrow(
                () -> new IllegalArgumentException("a sample needs at least one reference"));
    return new double[] {errors.count(), errors.slots()};
  }

  private static Errors errors(
      String source, Set<String> given, String hypothesis, String reference) {
    int slots = 0;
    int missing = 0;
    for (String value : given) {
      if (SlotValues.says(reference, value)) {
        slots++;
        missing += SlotValues.says(hypothesis, value) ? 0 : 1;
      }
    }
    Set<String> wrong = numbers(hypothesis);
    wrong.removeAll(numbers(source));
    wrong.removeAll(numbers(reference));
    return new Errors(missing + wrong.size(), slots);
  }

  private static Set<String> numbers(String text) {
    Set<String> numbers = new HashSet<>();
    Matcher matcher = NUMBER.matcher(text);
    while (matcher.find()) {
      numbers.add(matcher.group());
    }
    return numbers;
  }

  @Override
  public Score score(double[] sum) {
    return Scores.share(sum[0] / Math.max(1, sum[1]));
  }

  @Override
  public boolean higherIsBetter() {
    return false;
  }
}
