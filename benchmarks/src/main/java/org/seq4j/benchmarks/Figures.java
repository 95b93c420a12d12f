package org.seq4j.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The figures of a case.
 *
 * @param work of a step or a batch, in the task's unit less the time
 */
record Figures(
    Workload workload, Architecture architecture, Task task, double work, List<Row> rows) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A side. */
  record Row(
      String label,
      boolean ours,
      double milliseconds,
      List<Double> greedy,
      List<Double> beam,
      long megabytes) {

    static Row of(Side side) {
      return new Row(
          side.label,
          side.variant.ours(),
          side.milliseconds(),
          List.copyOf(side.greedy),
          List.copyOf(side.beam),
          side.megabytes());
    }
  }

  private Row ours() {
    return rows.stream().filter(Row::ours).findFirst().orElseThrow();
  }

  private Optional<Row> bestPeer() {
    return rows.stream()
        .filter(row -> !row.ours())
        .min(Comparator.comparingDouble(Row::milliseconds));
  }

  private double perSecond(Row row) {
    return work / row.milliseconds() * 1000;
  }

  /** Lines of the task's table. */
  List<String> tableRows() {
    List<String> lines = new ArrayList<>();
    for (Row row : rows) {
      String latency =
          task == Task.TRAIN ? "" : " %s | %s |".formatted(latency(row.greedy), latency(row.beam));
      lines.add(
          String.format(
              Locale.ROOT,
              "| %s | %s | %s | %.1f | %,.0f | %s |%s %,d |",
              workload.label(),
              architecture.title(),
              row.label(),
              row.milliseconds(),
              perSecond(row),
              row.equals(ours())
                  ? ""
                  : String.format(Locale.ROOT, "%.2f", perSecond(ours()) / perSecond(row)),
              latency,
              row.megabytes()));
    }
    return lines;
  }

  private static String latency(List<Double> samples) {
    return String.format(
        Locale.ROOT,
        "%.1f / %.1f",
        Statistics.percentile(samples, 0.5),
        Statistics.percentile(samples, 0.99));
  }

  /** The head of the task's table. */
  static List<String> tableHead(Task task) {
    return task == Task.TRAIN
        ? List.of(
            "| shape | model | side | ms/step | tokens/s | ours / it | peak MB |",
            "|---|---|---|---|---|---|---|")
        : List.of(
            "| shape | model | side | ms/batch, beam 5 | sentences/s | ours / it |"
                + " one sentence, greedy, ms p50 / p99 | beam 5, ms p50 / p99 | peak MB |",
            "|---|---|---|---|---|---|---|---|---|");
  }

  /** One object, or none where there was no peer. */
  Optional<String> json() {
    return bestPeer()
        .map(
            peer -> {
              ObjectNode json = JSON.createObjectNode();
              json.put("shape", workload.label());
              json.put("model", architecture.label());
              json.put("task", task.label());
              json.put("ours", rounded(perSecond(ours()), 10));
              json.put("peer", rounded(perSecond(peer), 10));
              json.put("ratio", rounded(perSecond(ours()) / perSecond(peer), 1000));
              json.put("unit", task.unit);
              return json.toString();
            });
  }

  private static double rounded(double value, double parts) {
    return Math.round(value * parts) / parts;
  }
}
