package org.seq4j.trainer.evaluation;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.stream.IntStream;
import org.seq4j.core.data.Example;
import org.seq4j.runtime.text.GroupPattern.Place;
import org.seq4j.trainer.metric.SlotValues;

/**
 * Answers with templates: the most frequent training reply to the same actions, in which the values
 * of the training example's actions are replaced by those of the source.
 *
 * <p>Actions are the same if they are equal but for their values. A reply need not say all values
 * ("it has no garden", of {@code has_garden = False}). So replies that leave out only values that
 * the source has as well are preferred to others. For actions that never occurred, the last one is
 * dropped until the rest did; if none did, the answer is that of the nearest training source.
 */
final class TemplateAnswers {
  private static final String ACTION_END = " ; ";

  private final ActionFormat format;
  private final Map<List<String>, Map<Template, Integer>> counts = new HashMap<>(); // by skeleton
  private final List<Example> train;
  private Optional<NearestSource> nearest = Optional.empty(); // made when first needed

  /** Actions without their values: the texts before, between and after them; and the values. */
  private record Actions(List<String> skeleton, List<String> values) {}

  /** A text, or a place for the value of a number. */
  private record Piece(String text, int value) {
    static final int NONE = -1;
  }

  /**
   * A reply with places for values.
   *
   * @param unsaid the values that it does not say, with folded case, by their numbers
   */
  private record Template(List<Piece> pieces, Map<Integer, String> unsaid) {

    boolean leavesOutTheSameOf(List<String> values) {
      return unsaid.entrySet().stream()
          .allMatch(it -> it.getValue().equals(folded(values.get(it.getKey()))));
    }
  }

  TemplateAnswers(List<Example> train, ActionFormat format) {
    this.format = format;
    this.train = train;
    for (Example example : train) {
      Actions actions = actions(format.actions(example.source().text()));
      Template template = template(example.targetTexts().get(0), actions.values());
      counts
          .computeIfAbsent(actions.skeleton(), key -> new LinkedHashMap<>())
          .merge(template, 1, Integer::sum);
    }
  }

  private Actions actions(String text) {
    List<String> skeleton = new ArrayList<>();
    List<String> values = new ArrayList<>();
    int start = 0;
    for (Place place : format.values().places(text)) {
      skeleton.add(text.substring(start, place.start()));
      values.add(place.value());
      start = place.end();
    }
    skeleton.add(text.substring(start));
    return new Actions(skeleton, values);
  }

  /** Finds the values in a reply, long ones first: "San Jose" may contain another value, "Jose". */
  private static Template template(String reply, List<String> values) {
    Map<Integer, Piece> found = new TreeMap<>(); // by the start in the reply
    Map<Integer, Integer> ends = new HashMap<>();
    BitSet taken = new BitSet();
    Map<Integer, String> unsaid = new TreeMap<>();
    List<Integer> longFirst =
        IntStream.range(0, values.size())
            .boxed()
            .sorted(Comparator.comparing((Integer i) -> values.get(i).length()).reversed())
            .toList();
    for (int number : longFirst) {
      boolean said = values.get(number).isBlank();
      Matcher matcher = SlotValues.saying(values.get(number)).matcher(reply);
      while (!values.get(number).isBlank() && matcher.find()) {
        said = true; // even where an equal value has the place
        if (taken.get(matcher.start(), matcher.end()).isEmpty()) {
          taken.set(matcher.start(), matcher.end());
          found.put(matcher.start(), new Piece("", number));
          ends.put(matcher.start(), matcher.end());
        }
      }
      if (!said) {
        unsaid.put(number, folded(values.get(number)));
      }
    }
    List<Piece> pieces = new ArrayList<>();
    int start = 0;
    for (Map.Entry<Integer, Piece> entry : found.entrySet()) {
      pieces.add(new Piece(reply.substring(start, entry.getKey()), Piece.NONE));
      pieces.add(entry.getValue());
      start = ends.get(entry.getKey());
    }
    pieces.add(new Piece(reply.substring(start), Piece.NONE));
    return new Template(pieces, unsaid);
  }

  private static String folded(String value) {
    return value.toLowerCase(Locale.ROOT);
  }

  /** Returns the answer to a source. */
  String answer(String source) {
    String text = format.actions(source);
    while (true) {
      Actions actions = actions(text);
      Map<Template, Integer> templates = counts.get(actions.skeleton());
      if (templates != null) {
        return filled(
            best(templates, it -> it.leavesOutTheSameOf(actions.values()))
                .or(() -> best(templates, it -> true))
                .orElseThrow(),
            actions.values());
      }
      int last = text.lastIndexOf(ACTION_END);
      if (last < 0) {
        break;
      }
      text = text.substring(0, last);
    }
    if (nearest.isEmpty()) {
      nearest = Optional.of(new NearestSource(train));
    }
    return nearest.get().target(source);
  }

  /** Returns the most frequent reply among some; of equally frequent ones the first. */
  private static Optional<List<Piece>> best(
      Map<Template, Integer> templates, Predicate<Template> among) {
    Map<List<Piece>, Integer> byReply = new LinkedHashMap<>();
    templates.forEach(
        (template, count) -> {
          if (among.test(template)) {
            byReply.merge(template.pieces(), count, Integer::sum);
          }
        });
    List<Piece> best = null;
    for (Map.Entry<List<Piece>, Integer> entry : byReply.entrySet()) {
      best = best == null || entry.getValue() > byReply.get(best) ? entry.getKey() : best;
    }
    return Optional.ofNullable(best);
  }

  private static String filled(List<Piece> pieces, List<String> values) {
    StringBuilder reply = new StringBuilder();
    pieces.forEach(
        it -> reply.append(it.value() == Piece.NONE ? it.text() : values.get(it.value())));
    return reply.toString();
  }
}
