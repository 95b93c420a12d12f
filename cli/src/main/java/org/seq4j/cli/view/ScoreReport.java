package org.seq4j.cli.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.seq4j.trainer.evaluation.Evaluation;
import org.seq4j.trainer.evaluation.MetricScore;

/**
 * The report on an evaluation, as text or JSON.
 *
 * @param run the folder of the run
 * @param data the data it was scored on: the name of a split, or a file
 * @param evaluation the scores
 * @param metrics names of the metrics to show; empty for all
 */
public record ScoreReport(Path run, String data, Evaluation evaluation, List<String> metrics) {

  /** Returns the scores, and a table of them by source length. */
  public String text() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s on %s: %s"
            .formatted(run, data, NumberFormats.count(evaluation.answers().size(), "example")));
    List<MetricScore> overall = shown(evaluation.scores());
    int width = overall.stream().mapToInt(score -> score.name().length()).max().orElse(0);
    overall.forEach(
        score ->
            lines.add("  %s  %s".formatted(padded(score.name(), width), score.display().strip())));
    overall.stream()
        .filter(score -> score.signature().isPresent())
        .forEach(
            score ->
                lines.add(
                    "  %s  %s".formatted(padded(score.name(), width), score.signature().get())));
    lines.add("");
    lines.addAll(buckets().lines());
    return lines.stream().collect(Collectors.joining("\n", "", "\n"));
  }

  private static String padded(String name, int width) {
    return name + " ".repeat(width - name.length());
  }

  private Table buckets() {
    List<String> header = new ArrayList<>(List.of("source length", "examples"));
    shown(evaluation.scores()).forEach(score -> header.add(score.name()));
    Table table = new Table(header.toArray(String[]::new));
    for (Evaluation.Bucket bucket : evaluation.buckets()) {
      List<String> row = new ArrayList<>();
      row.add(bucket.label());
      row.add(NumberFormats.count(bucket.examples()));
      shown(bucket.scores()).forEach(score -> row.add(score.display()));
      table.add(row);
    }
    return table;
  }

  /** Returns the scores as JSON; rates are between 0 and 1. */
  public String json() {
    ObjectNode report = JsonNodeFactory.instance.objectNode();
    report.put("run", run.toString());
    report.put("data", data);
    report.put("examples", evaluation.answers().size());
    report.set("scores", values(evaluation.scores()));
    ArrayNode buckets = report.putArray("by_source_length");
    for (Evaluation.Bucket bucket : evaluation.buckets()) {
      ObjectNode row = buckets.addObject();
      row.put("from", bucket.from());
      row.put("to", bucket.to());
      row.put("examples", bucket.examples());
      row.set("scores", values(bucket.scores()));
    }
    return report + "\n";
  }

  private ObjectNode values(List<MetricScore> scores) {
    ObjectNode values = JsonNodeFactory.instance.objectNode();
    shown(scores).forEach(score -> values.put(score.name(), score.value()));
    return values;
  }

  private List<MetricScore> shown(List<MetricScore> scores) {
    return metrics.isEmpty()
        ? scores
        : scores.stream().filter(score -> metrics.contains(score.name())).toList();
  }
}
