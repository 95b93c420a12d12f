package org.seq4j.cli.view;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.seq4j.core.data.Example;
import org.seq4j.trainer.data.Inspection;
import org.seq4j.trainer.data.batch.BatchConfig;
import org.seq4j.trainer.data.split.SplitName;
import org.seq4j.trainer.experiment.DataInspection;

/** The report of {@code seq4j data inspect}. */
public record DataReport(DataInspection data, BatchConfig batch) {
  private static final int BAR = 40;

  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    Table table =
        new Table(
            "split", "examples", data.hasSources() ? "sources" : "different", "used", "skipped");
    table.add(row("train", data.train()));
    data.others().forEach((split, it) -> table.add(row(name(split), it)));
    lines.addAll(table.lines());
    lines.add("");
    lines.addAll(sides().lines());
    cut("train", data.train()).ifPresent(lines::add);
    data.others().forEach((split, it) -> cut(name(split), it).ifPresent(lines::add));
    lines.addAll(data.notes());
    restored().ifPresent(lines::add);
    String side = data.hasSources() ? "source" : "target";
    data.leaks()
        .forEach(
            (split, count) ->
                lines.add(
                    count == 0
                        ? "no %s of %s is in the training data".formatted(side, name(split))
                        : "LEAK: the %ss of %s of %s are in the training data"
                            .formatted(side, NumberFormats.count(count, "example"), name(split))));
    Inspection.Padding padding = data.train().padding(batch);
    lines.add(
        String.format(
            Locale.ROOT,
            "%s of the first %s: %.1f %% of the positions are padding",
            padding.batches() == 1
                ? "1 batch"
                : NumberFormats.count(padding.batches()) + " batches",
            NumberFormats.count(padding.pairs(), "pair"),
            100 * padding.padding()));
    lines.add("");
    lines.addAll(histogram());
    lines.add("");
    lines.add("tokens of the first training examples:");
    for (Example example : data.examples()) {
      if (data.hasSources()) {
        lines.add("  source  " + example.source().text());
        lines.add("          " + TokenLine.write(data.source(example)));
      }
      lines.add("  target  " + example.target().text());
      lines.add("          " + TokenLine.write(data.target(example)));
    }
    return lines;
  }

  private static String name(SplitName split) {
    return split.name().toLowerCase(Locale.ROOT);
  }

  private static Optional<String> cut(String split, Inspection inspection) {
    long cut = inspection.leftOut().cut();
    return cut == 0
        ? Optional.empty()
        : Optional.of(
            "%s: %s with a source cut to source.max_length"
                .formatted(split, NumberFormats.count(cut, "example")));
  }

  /** Tells whether the tokens of targets give back their texts. */
  private Optional<String> restored() {
    Inspection.Side targets = data.train().target();
    return targets
        .firstChange()
        .map(
            change ->
                String.format(
                    Locale.ROOT,
                    "tokens give back %.2f %% of the train targets; not '%s', which becomes '%s'",
                    100 * targets.restored(),
                    change.text(),
                    change.restored()));
  }

  private static List<String> row(String name, Inspection inspection) {
    String leftOut =
        inspection.leftOut().counts().entrySet().stream()
            .map(it -> NumberFormats.count(it.getValue()) + " " + it.getKey().words())
            .collect(joining(", "));
    return List.of(
        name,
        NumberFormats.count(inspection.examples()),
        NumberFormats.count(inspection.differentSources()),
        NumberFormats.count(inspection.pairs()),
        leftOut);
  }

  private Table sides() {
    Table table = new Table("", "vocabulary", "tokens", "per word", "unknown");
    add(table, "train", data.train());
    data.others().forEach((split, it) -> add(table, name(split), it));
    return table;
  }

  private void add(Table table, String split, Inspection inspection) {
    if (data.hasSources()) {
      add(table, split + " source", data.sourceVocabulary(), inspection.source());
    }
    add(table, split + " target", data.targetVocabulary(), inspection.target());
  }

  private static void add(Table table, String name, int known, Inspection.Side side) {
    table.add(
        name,
        known == 0 ? "-" : NumberFormats.count(known),
        NumberFormats.count(side.tokens()),
        side.tokensPerWord().map(it -> String.format(Locale.ROOT, "%.2f", it)).orElse("-"),
        known == 0 ? "-" : String.format(Locale.ROOT, "%.2f %%", 100 * side.unknown()));
  }

  private List<String> histogram() {
    Map<Integer, Long> source =
        data.hasSources() ? data.train().source().lengths() : Map.of(); // a language model has none
    Map<Integer, Long> target = data.train().target().lengths();
    TreeSet<Integer> ends = new TreeSet<>(source.keySet());
    ends.addAll(target.keySet());
    long most =
        Stream.concat(source.values().stream(), target.values().stream())
            .mapToLong(Long::longValue)
            .max()
            .orElse(1);
    List<String> lines = new ArrayList<>();
    lines.add(
        "lengths of training sequences, in tokens%s:"
            .formatted(data.hasSources() ? " (source, then target)" : ""));
    for (int end : ends) {
      String label = end == 0 ? "0" : end - 9 + "-" + end;
      if (data.hasSources()) {
        lines.add(bar(label, source.getOrDefault(end, 0L), most));
        label = "";
      }
      lines.add(bar(label, target.getOrDefault(end, 0L), most));
    }
    return lines;
  }

  private static String bar(String label, long count, long most) {
    int length = (int) Math.ceil((double) BAR * count / most);
    return "  %9s  %-40s %s"
        .formatted(label, "#".repeat(length), NumberFormats.count(count))
        .stripTrailing();
  }
}
