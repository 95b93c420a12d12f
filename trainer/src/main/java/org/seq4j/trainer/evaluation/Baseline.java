package org.seq4j.trainer.evaluation;

import java.text.BreakIterator;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.seq4j.core.data.Example;

/** A way to answer without a model. A model that is not better than it has learned nothing. */
public final class Baseline {
  /** The forms in which users name a baseline. */
  public static final String FORMS = "lead:N, first-sentence, copy, nearest, template";

  private static final Pattern LEAD = Pattern.compile("lead:([1-9]\\d{0,5})");

  private final String name;
  private final UnaryOperator<List<String>> answers;

  private Baseline(String name, UnaryOperator<List<String>> answers) {
    this.name = name;
    this.answers = answers;
  }

  /**
   * Returns the baseline of a name: {@code copy} answers with the source, {@code lead:N} with its
   * first N words, {@code first-sentence} with its first sentence, {@code nearest} with the target
   * of the training example whose source is the most similar, by the cosine of tf-idf, and {@code
   * template} with the most frequent reply to the same actions of a dialogue system.
   *
   * @param train the training examples; read only if the baseline needs them
   * @param actions the form of actions; asked for at once if the baseline needs it
   * @throws IllegalArgumentException if there is no such baseline
   */
  public static Baseline of(
      String name, Supplier<List<Example>> train, Supplier<ActionFormat> actions) {
    Matcher lead = LEAD.matcher(name);
    if (lead.matches()) {
      int words = Integer.parseInt(lead.group(1));
      return ofEach(name, source -> lead(source, words));
    }
    return switch (name) {
      case "copy" -> ofEach(name, source -> source);
      case "first-sentence" -> ofEach(name, Baseline::firstSentence);
      case "nearest" ->
          new Baseline(
              name,
              sources -> {
                NearestSource nearest = new NearestSource(train.get());
                return sources.stream().map(nearest::target).toList();
              });
      case "template" -> ofTemplates(name, train, actions.get());
      default ->
          throw new IllegalArgumentException(
              "no baseline named '%s'; there are %s".formatted(name, FORMS));
    };
  }

  private static Baseline ofTemplates(
      String name, Supplier<List<Example>> train, ActionFormat format) {
    return new Baseline(
        name,
        sources -> {
          TemplateAnswers templates = new TemplateAnswers(train.get(), format);
          return sources.stream().map(templates::answer).toList();
        });
  }

  private static Baseline ofEach(String name, UnaryOperator<String> answer) {
    return new Baseline(name, sources -> sources.stream().map(answer).toList());
  }

  private static String lead(String source, int words) {
    return Stream.of(source.strip().split("\\s+", -1))
        .limit(words)
        .collect(Collectors.joining(" "));
  }

  private static String firstSentence(String source) {
    BreakIterator sentences = BreakIterator.getSentenceInstance(Locale.ROOT);
    sentences.setText(source);
    int end = sentences.next();
    return end == BreakIterator.DONE ? source : source.substring(0, end).strip();
  }

  /** Returns the name. */
  public String name() {
    return name;
  }

  /** Returns an answer to each source. */
  List<String> answers(List<String> sources) {
    return answers.apply(sources);
  }
}
