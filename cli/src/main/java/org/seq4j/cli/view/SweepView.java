package org.seq4j.cli.view;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.seq4j.trainer.sweep.SweepListener;
import org.seq4j.trainer.sweep.Trial;
import org.seq4j.trainer.sweep.TrialResult;

/**
 * Prints the progress and the results of a sweep.
 *
 * @param out the stream for progress
 */
public record SweepView(PrintStream out) implements SweepListener {

  @Override
  public void started(Trial trial) {
    out.println(String.format(Locale.ROOT, "trial %d: %s", trial.number(), trial.label()));
  }

  @Override
  public void ended(TrialResult result, Optional<RuntimeException> failure) {
    String value =
        result
            .value()
            .map(
                it ->
                    "%s %s at step %s"
                        .formatted(
                            result.trial().measure().name(),
                            NumberFormats.decimal(it),
                            NumberFormats.count(result.step())))
            .orElse("no validation");
    out.println(
        String.format(
            Locale.ROOT,
            "trial %d: %s, %s%s",
            result.trial().number(),
            result.state(),
            value,
            failure.map(e -> ": " + e.getMessage()).orElse("")));
  }

  /**
   * Returns a table of results.
   *
   * @param keys the keys that vary
   * @param results the results, best first
   */
  public static Table table(List<String> keys, List<TrialResult> results) {
    List<String> header = new ArrayList<>();
    header.addAll(
        List.of("trial", results.get(0).trial().measure().name(), "step", "time", "state"));
    header.addAll(keys);
    Table table = new Table(header.toArray(String[]::new));
    results.forEach(result -> table.add(row(result)));
    return table;
  }

  private static List<String> row(TrialResult result) {
    List<String> row = new ArrayList<>();
    row.add(String.format(Locale.ROOT, "%04d", result.trial().number()));
    row.add(result.value().map(NumberFormats::decimal).orElse("-"));
    row.add(result.value().isPresent() ? NumberFormats.count(result.step()) : "-");
    row.add(NumberFormats.time(Duration.ofMillis(Math.round(1000 * result.seconds()))));
    row.add(result.state());
    row.addAll(result.trial().values().values());
    return row;
  }
}
