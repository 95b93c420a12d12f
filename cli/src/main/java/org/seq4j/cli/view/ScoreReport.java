package org.seq4j.cli.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.seq4j.trainer.evaluation.Bootstrap;
import org.seq4j.trainer.evaluation.Evaluation;
import org.seq4j.trainer.evaluation.MetricScore;

/**
 * The report on an evaluation, as text or JSON.
 *
 * @param run the folder of the run
 * @param with what is used beside the best checkpoint of the run, such as further models
 * @param data the data it was scored on: the name of a split, or a file
 * @param evaluation the scores
 * @param metrics names of the metrics to show; empty for all
 * @param baselines the scores of answers without a model, by the baseline's name
 * @param intervals confidence intervals by metric; empty for none
 */
public record ScoreReport(
    Path run,
    List<String> with,
    String data,
    Evaluation evaluation,
    List<String> metrics,
    Map<String, List<MetricScore>> baselines,
    Map<String, Bootstrap.Interval> intervals) {

  /** Returns the scores, and a table of them by source length. */
  public String text() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s%s on %s: %s"
            .formatted(
                run,
                with.isEmpty() ? "" : " (" + String.join("; ", with) + ")",
                data,
                NumberFormats.count(evaluation.samples().size(), "example")));
    List<MetricScore> overall = shown(evaluation.scores());
    int width = overall.stream().mapToInt(score -> score.name().length()).max().orElse(0);
    overall.forEach(
        score ->
            lines.add(
                "  %s  %s%s"
                    .formatted(
                        padded(score.name(), width), score.display().strip(), interval(score))));
    overall.stream()
        .filter(score -> score.signature().isPresent())
        .forEach(
            score ->
                lines.add(
                    "  %s  %s".formatted(padded(score.name(), width), score.signature().get())));
    if (!baselines.isEmpty()) {
      lines.add("");
      lines.addAll(comparison().lines());
    }
    if (!evaluation.buckets().isEmpty()) { // a language model has no sources
      lines.add("");
      lines.addAll(buckets().lines());
    }
    return lines.stream().collect(Collectors.joining("\n", "", "\n"));
  }

  /** Returns the confidence interval of a score in the unit of its display. */
  private String interval(MetricScore score) {
    Bootstrap.Interval interval = intervals.get(score.name());
    if (interval == null) {
      return "";
    }
    boolean share = score.display().contains("%");
    double unit = share ? 100 : 1;
    return String.format(
        Locale.ROOT,
        share ? "  [%.2f to %.2f %%]" : "  [%.4g to %.4g]",
        unit * interval.low(),
        unit * interval.high());
  }

  private static String padded(String name, int width) {
    return name + " ".repeat(width - name.length());
  }

  /** Returns the scores of the model and of the baselines, without metrics that need a model. */
  private Table comparison() {
    List<MetricScore> ofModel = shown(evaluation.scores());
    List<String> header = new ArrayList<>(List.of("baseline"));
    ofModel.forEach(score -> header.add(score.name()));
    Table table = new Table(header.toArray(String[]::new));
    baselines.forEach((name, scores) -> table.add(row(name, ofModel, scores)));
    table.add(row("this model", ofModel, ofModel));
    return table;
  }

  private static List<String> row(
      String name, List<MetricScore> columns, List<MetricScore> scores) {
    List<String> row = new ArrayList<>(List.of(name));
    for (MetricScore column : columns) {
      row.add(
          scores.stream()
              .filter(score -> score.name().equals(column.name()))
              .map(MetricScore::display)
              .findFirst()
              .orElse("-"));
    }
    return row;
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
    if (!with.isEmpty()) {
      with.forEach(report.putArray("with")::add);
    }
    report.put("data", data);
    report.put("examples", evaluation.samples().size());
    report.set("scores", values(evaluation.scores()));
    if (!baselines.isEmpty()) {
      ObjectNode others = report.putObject("baselines");
      baselines.forEach((name, scores) -> others.set(name, values(scores)));
    }
    if (!intervals.isEmpty()) {
      ObjectNode confidence = report.putObject("confidence");
      for (MetricScore score : shown(evaluation.scores())) {
        Bootstrap.Interval interval = intervals.get(score.name());
        confidence.putArray(score.name()).add(interval.low()).add(interval.high());
      }
    }
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
