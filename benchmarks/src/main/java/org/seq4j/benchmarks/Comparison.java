package org.seq4j.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.seq4j.core.text.SequenceData;

/** Measures a case: all sides in turn, so that what disturbs the machine disturbs each of them. */
final class Comparison implements AutoCloseable {
  private static final double LOSS_TOLERANCE = 1e-4;
  private static final double SCORE_TOLERANCE = 1e-3;
  private static final double ROUNDED_TOLERANCE = 1e-2;
  // TorchScript is compiled in the course of its first calls, and Java as it runs.
  private static final int WARM_UP_STEPS = 8;
  private static final long WARM_UP_NANOSECONDS = 5_000_000_000L;

  /** The sides do not compute the same. */
  static final class MismatchException extends RuntimeException {
    MismatchException(String message) {
      super(message);
    }
  }

  private final Options options;
  private final Workload workload;
  private final Architecture architecture;
  private final Task task;
  private final Path folder;
  private final Peers peers;
  private final PrintStream progress;
  private final List<Side> sides = new ArrayList<>();

  Comparison(
      Options options,
      Workload workload,
      Architecture architecture,
      Task task,
      Path folder,
      Peers peers,
      PrintStream progress) {
    this.options = options;
    this.workload = workload;
    this.architecture = architecture;
    this.task = task;
    this.folder = folder;
    this.peers = peers;
    this.progress = progress;
  }

  /** Measures; the first side of the result is ours. */
  List<Side> run() throws IOException, InterruptedException {
    String name = "%s %s, %s".formatted(task.label(), workload.label(), architecture.title());
    progress.println(name + ": starting");
    open(Variant.OURS, Optional.empty());
    if (options.microBatches() && task == Task.TRAIN) {
      open(Variant.IN_TURN, Optional.empty());
    }
    if (options.bf16()) {
      open(Variant.BF16, Optional.empty());
    }
    for (Variant variant : Variant.peers(workload, architecture, task, peers.python())) {
      open(variant, Optional.empty());
      if (peers.preload().isPresent()) {
        open(variant, peers.preload());
      }
    }
    check();
    for (int round = 1; round <= options.rounds(); round++) {
      for (Side side : sides) {
        pass(side, true);
        progress.printf(
            Locale.ROOT,
            "%s: round %d of %d: %s %.1f ms%n",
            name,
            round,
            options.rounds(),
            side.label,
            side.milliseconds());
      }
    }
    return sides;
  }

  private void open(Variant variant, Optional<Path> preload)
      throws IOException, InterruptedException {
    boolean ours = variant.ours();
    boolean scripted = !ours && variant != Variant.BLOCKS;
    Request request =
        new Request(
            Request.Call.OPEN,
            workload,
            architecture,
            task,
            variant,
            folder.resolve("weights").toString(),
            scripted ? peers.script(workload, architecture, variant).toString() : "",
            options.threads(),
            options.steps(),
            0,
            0);
    String label = variant.label() + (preload.isPresent() ? ", unlocked" : "");
    WorkerProcess process =
        WorkerProcess.start(
            label, ours ? OursWorker.class : PeerWorker.class, folder, options.threads(), preload);
    Side side = new Side(label, process, request);
    sides.add(side);
    side.open();
  }

  /** Every side's first steps, which warm it up, must give what ours gives. */
  private void check() throws IOException {
    List<Double> expected = List.of();
    for (Side side : sides) {
      List<Double> values = warmUp(side);
      if (expected.isEmpty()) {
        expected = values;
      } else if (task == Task.TRAIN) {
        double loss = first(expected);
        double tolerance =
            loss * (side.variant == Variant.BF16 ? ROUNDED_TOLERANCE : LOSS_TOLERANCE);
        require(side, "loss", loss, first(values), tolerance);
        String after = "loss after " + (values.size() - 1) + " steps";
        require(side, after, last(expected), last(values), tolerance);
      } else {
        double score = meanOfLongest(expected);
        require(
            side,
            "mean log-probability of what is decoded",
            score,
            meanOfLongest(values),
            Math.abs(score) * (side.variant == Variant.BF16 ? ROUNDED_TOLERANCE : SCORE_TOLERANCE));
      }
    }
  }

  /** If sentences differ in length, the peer decodes all of them to the length of the longest. */
  private double meanOfLongest(List<Double> values) {
    List<SequenceData> sources = Examples.sources(workload, workload.batch);
    int longest = sources.get(0).length();
    return Statistics.mean(
        IntStream.range(0, values.size())
            .filter(i -> sources.get(i).length() == longest)
            .mapToObj(values::get)
            .toList());
  }

  private List<Double> warmUp(Side side) throws IOException {
    long start = System.nanoTime();
    List<Double> values = new ArrayList<>(pass(side, false));
    if (task == Task.TRAIN) {
      while (values.size() < WARM_UP_STEPS) {
        values.addAll(pass(side, false));
      }
    } else {
      while (System.nanoTime() - start < WARM_UP_NANOSECONDS) {
        pass(side, false);
      }
    }
    return values;
  }

  private static double first(List<Double> values) {
    return values.get(0);
  }

  private static double last(List<Double> values) {
    return values.get(values.size() - 1);
  }

  private List<Double> pass(Side side, boolean measured) throws IOException {
    return task == Task.TRAIN ? side.train(measured) : side.decode(measured, options.steps());
  }

  private void require(Side side, String what, double ours, double theirs, double tolerance) {
    progress.printf(Locale.ROOT, "%s: %s %.6f, ours %.6f%n", side.label, what, theirs, ours);
    if (!(Math.abs(ours - theirs) <= tolerance)) {
      throw new MismatchException(
          String.format(
              Locale.ROOT,
              "%s %s, %s: from the same weights the %s of Seq4j is %.6f and that of"
                  + " %s %.6f: they do not compute the same, and are not compared",
              task.label(),
              workload.label(),
              architecture.title(),
              what,
              ours,
              side.label,
              theirs));
    }
  }

  @Override
  public void close() throws IOException {
    for (Side side : sides) {
      side.close();
    }
  }
}
