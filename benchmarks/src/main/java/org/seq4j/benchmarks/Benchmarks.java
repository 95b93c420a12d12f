package org.seq4j.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The command: runs all cases asked for, and reports. */
public final class Benchmarks {
  private final Options options;
  private final Path folder;
  private final Peers peers;
  private final PrintStream out = System.out;
  private final PrintStream progress = System.err;

  private Benchmarks(Options options, Path folder, Path writer)
      throws IOException, InterruptedException {
    this.options = options;
    this.folder = Files.createDirectories(folder);
    Files.deleteIfExists(folder.resolve("workers.log"));
    this.peers = new Peers(folder, writer);
  }

  /** Runs the command; the properties it needs are set by the script {@code run}. */
  public static void main(String[] arguments) throws InterruptedException {
    try {
      new Benchmarks(
              Options.parse(arguments),
              Path.of(System.getProperty("benchmarks.folder")).toAbsolutePath(),
              Path.of(System.getProperty("benchmarks.peer")).toAbsolutePath())
          .run();
    } catch (Options.UsageException e) {
      System.err.println("benchmarks: " + e.getMessage() + "\n" + Options.USAGE);
      System.exit(2);
    } catch (Comparison.MismatchException | IOException e) {
      System.err.println("benchmarks: " + e.getMessage());
      System.exit(1);
    }
  }

  private void run() throws IOException, InterruptedException {
    if (options.profile()) {
      profiles();
      return;
    }
    peers.missing().forEach(progress::println);
    out.printf(
        Locale.ROOT,
        "%s; %s; %d threads%n",
        Machine.processor(),
        Machine.java(),
        options.threads());
    peers.missing().forEach(out::println);
    peaks();
    List<Figures> all = new ArrayList<>();
    for (Task task : options.tasks()) {
      out.println();
      Figures.tableHead(task).forEach(out::println);
      for (Workload workload : options.workloads()) {
        for (Architecture architecture : options.architectures()) {
          Figures figures = measure(workload, architecture, task);
          figures.tableRows().forEach(out::println);
          all.add(figures);
        }
      }
    }
    out.println();
    all.forEach(figures -> figures.json().ifPresent(out::println));
  }

  private void profiles() throws IOException {
    out.printf(
        Locale.ROOT,
        "%s; %s; %d threads%n",
        Machine.processor(),
        Machine.java(),
        options.threads());
    for (Task task : options.tasks()) {
      for (Workload workload : options.workloads()) {
        for (Architecture architecture : options.architectures()) {
          profile(task, workload, architecture);
        }
      }
    }
  }

  private void profile(Task task, Workload workload, Architecture architecture) throws IOException {
    Request open =
        new Request(
            Request.Call.OPEN,
            workload,
            architecture,
            task,
            Variant.OURS,
            folder.resolve("weights").toString(),
            "",
            options.threads(),
            options.steps(),
            workload.batch,
            5);
    try (WorkerProcess process =
        WorkerProcess.start(
            "Seq4j", OursWorker.class, folder, options.threads(), Optional.empty())) {
      process.ask(open);
      process.ask(
          open.with(
              task == Task.TRAIN ? Request.Call.TRAIN : Request.Call.DECODE,
              options.steps(),
              open.rows(),
              open.beam()));
      Reply reply =
          process.ask(open.with(Request.Call.PROFILE, options.steps(), open.rows(), open.beam()));
      out.printf(
          Locale.ROOT,
          "%n%s %s, %s: %.1f ms a %s; ops of one:%n%n%s",
          task.label(),
          workload.label(),
          architecture.title(),
          Statistics.median(reply.milliseconds()),
          task == Task.TRAIN ? "step" : "batch, beam 5",
          reply.text());
    }
  }

  private Figures measure(Workload workload, Architecture architecture, Task task)
      throws IOException, InterruptedException {
    double work =
        task == Task.TRAIN
            ? Examples.tokens(Examples.batches(workload, options.steps()))
                / (double) options.steps()
            : workload.batch;
    try (Comparison comparison =
        new Comparison(options, workload, architecture, task, folder, peers, progress)) {
      List<Figures.Row> rows = comparison.run().stream().map(Figures.Row::of).toList();
      return new Figures(workload, architecture, task, work, rows);
    }
  }

  /** Measures a product of large matrices, the upper bound of the speed on this machine. */
  private void peaks() throws IOException {
    peak("TensorFlow", OursWorker.class, Optional.empty());
    peak("libtorch", PeerWorker.class, Optional.empty());
    if (peers.preload().isPresent()) {
      peak("libtorch, unlocked", PeerWorker.class, peers.preload());
    }
  }

  private void peak(String label, Class<?> main, Optional<Path> preload) throws IOException {
    Request request =
        new Request(Request.Call.PEAK, null, null, null, null, "", "", options.threads(), 0, 0, 0);
    try (WorkerProcess process =
        WorkerProcess.start(label, main, folder, options.threads(), preload)) {
      Reply reply = process.ask(request);
      out.printf(
          Locale.ROOT,
          "%s (%s): 1024 x 1024 x 1024 at %.0f GFLOP/s%n",
          label,
          reply.text(),
          Statistics.median(reply.values()));
    }
  }
}
