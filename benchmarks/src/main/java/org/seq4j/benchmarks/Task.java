package org.seq4j.benchmarks;

import java.util.Locale;

/** The task that is measured. */
enum Task {
  TRAIN("tokens/s"),
  DECODE("sentences/s");

  final String unit;

  Task(String unit) {
    this.unit = unit;
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
