package org.seq4j.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The ways in which the model is written on a side. */
enum Variant {
  /** Seq4j. */
  OURS,
  /** DJL's own blocks, trainer and Adam. */
  BLOCKS,
  /** TorchScript with a single query's attention as a product and a sum. */
  SUM,
  /** TorchScript with a single query's attention as a batched matrix product. */
  BMM;

  /** The peer's ways for a case. */
  static List<Variant> peers(Workload workload, boolean inputFeeding, Task task, boolean python) {
    // DJL's LSTM block knows no lengths, and has no search.
    boolean blocks = task == Task.TRAIN && workload.oneLength();
    List<Variant> scripts =
        !python ? List.of() : task == Task.TRAIN && inputFeeding ? List.of(SUM, BMM) : List.of(BMM);
    return Stream.concat(blocks ? Stream.of(BLOCKS) : Stream.empty(), scripts.stream()).toList();
  }

  String label() {
    return switch (this) {
      case OURS -> "Seq4j";
      case BLOCKS -> "DJL blocks";
      case SUM, BMM -> "TorchScript " + name().toLowerCase(Locale.ROOT);
    };
  }
}
