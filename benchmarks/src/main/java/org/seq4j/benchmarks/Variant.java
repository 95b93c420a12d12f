package org.seq4j.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The ways in which the model is written on a side. */
enum Variant {
  /** Seq4j. */
  OURS,
  /** Seq4j with a training batch computed in several parts, one after another. */
  IN_TURN,
  /** Seq4j with a search that multiplies in 16 bits. */
  BF16,
  /** DJL's own blocks, trainer and Adam. */
  BLOCKS,
  /** TorchScript with a single query's attention as a product and a sum. */
  SUM,
  /** TorchScript with a single query's attention as a batched matrix product. */
  BMM;

  /** Into how many parts {@link #IN_TURN} divides a batch. */
  static final int MICRO_BATCHES = 4;

  /** Whether this is Seq4j. */
  boolean ours() {
    return this == OURS || this == IN_TURN || this == BF16;
  }

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
      case IN_TURN -> String.format(Locale.ROOT, "Seq4j, %d micro-batches", MICRO_BATCHES);
      case BF16 -> "Seq4j, bf16";
      case BLOCKS -> "DJL blocks";
      case SUM, BMM -> "TorchScript " + name().toLowerCase(Locale.ROOT);
    };
  }
}
