package org.seq4j.trainer.sweep;

import java.util.List;
import java.util.Locale;
import org.seq4j.runtime.io.AtomicFiles;

/** The table {@code trials.tsv} beside the runs of a sweep. */
final class TrialsFile {
  private TrialsFile() {}

  /** Writes a line with the current result of each trial, in order. */
  static void write(List<Trial> trials) {
    StringBuilder text = new StringBuilder("trial\tstate\tmeasure\tvalue\tstep\tseconds");
    trials.get(0).values().keySet().forEach(key -> text.append('\t').append(key));
    text.append('\n');
    for (Trial trial : trials) {
      TrialResult result = trial.result();
      text.append(
          String.format(
              Locale.ROOT,
              "%04d\t%s\t%s\t%s\t%d\t%.1f",
              trial.number(),
              result.state(),
              trial.measure().name(),
              result.value().map(Object::toString).orElse(""),
              result.step(),
              result.seconds()));
      trial
          .values()
          .values()
          .forEach(value -> text.append('\t').append(value.replaceAll("\\s", " ")));
      text.append('\n');
    }
    AtomicFiles.write(trials.get(0).run().path().resolveSibling("trials.tsv"), text.toString());
  }
}
