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
  /** Seq4j with products of 16 bits in training or in the steps of the search. */
  BF16,
  /** DJL's own blocks, trainer and Adam. */
  BLOCKS,
  /** TorchScript with a single query's attention as a product and a sum. */
  SUM,
  /** TorchScript with attention as batched matrix products. */
  BMM,
  /** TorchScript with libtorch's own kernel of attention. */
  FUSED;

  /** Into how many parts {@link #IN_TURN} divides a batch. */
  static final int MICRO_BATCHES = 4;

  /** Whether this is Seq4j. */
  boolean ours() {
    return this == OURS || this == IN_TURN || this == BF16;
  }

  /** The peer's ways for a case. */
  static List<Variant> peers(
      Workload workload, Architecture architecture, Task task, boolean python) {
    // DJL's LSTM block knows no lengths, and has no search; it has no decoder of a Transformer.
    boolean blocks =
        task == Task.TRAIN && workload.oneLength() && architecture != Architecture.TRANSFORMER;
    List<Variant> scripts = python ? scripts(architecture, task) : List.of();
    return Stream.concat(blocks ? Stream.of(BLOCKS) : Stream.empty(), scripts.stream()).toList();
  }

  private static List<Variant> scripts(Architecture architecture, Task task) {
    return switch (architecture) {
      case FEEDING -> task == Task.TRAIN ? List.of(SUM, BMM) : List.of(BMM);
      case LSTM -> List.of(BMM);
      case TRANSFORMER -> List.of(BMM, FUSED);
    };
  }

  /** The name of a script's attention, for peer.py. */
  String attention() {
    return name().toLowerCase(Locale.ROOT);
  }

  String label() {
    return switch (this) {
      case OURS -> "Seq4j";
      case IN_TURN -> String.format(Locale.ROOT, "Seq4j, %d micro-batches", MICRO_BATCHES);
      case BF16 -> "Seq4j, bf16";
      case BLOCKS -> "DJL blocks";
      case SUM, BMM, FUSED -> "TorchScript " + attention();
    };
  }
}
