package org.seq4j.cli.command;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.seq4j.trainer.sweep.Trial;
import org.seq4j.trainer.sweep.TrialRunner;
import org.seq4j.trainer.training.StopSignal;
import org.seq4j.trainer.training.state.TrainingException;

/**
 * Trains each trial in its own process, so that its memory use or a crash does not affect the
 * others. The process saves and stops at the end of its stdin: on request, and also when this
 * process ends for any reason. Its output goes to a log file next to the run.
 */
public final class TrialProcesses implements TrialRunner {
  private static final int LOOK_EVERY = 100; // milliseconds

  private final Class<?> main;
  private final List<String> global;

  /**
   * Creates a runner that starts a command.
   *
   * @param main the class with the main method of the command
   * @param global options to pass before {@code train}
   */
  public TrialProcesses(Class<?> main, List<String> global) {
    this.main = main;
    this.global = List.copyOf(global);
  }

  @Override
  public void run(Trial trial, List<String> overrides, StopSignal stop)
      throws IOException, InterruptedException {
    Path log = trial.run().path().resolveSibling(trial.run().path().getFileName() + ".log");
    Files.createDirectories(log.toAbsolutePath().getParent());
    Process process =
        new ProcessBuilder(command(trial, overrides))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    try {
      while (!process.waitFor(LOOK_EVERY, TimeUnit.MILLISECONDS)) {
        if (stop.isRequested()) {
          endInput(process);
        }
      }
    } finally {
      endInput(process);
    }
    if (process.exitValue() != 0 && !stop.isRequested()) {
      throw new TrainingException("failed, see " + log);
    }
  }

  private List<String> command(Trial trial, List<String> overrides) {
    List<String> command = new ArrayList<>(java());
    command.add(main.getName());
    command.addAll(global);
    command.addAll(
        List.of("train", trial.config().toString(), "--run", trial.run().path().toString()));
    overrides.forEach(override -> command.addAll(List.of("--set", override)));
    if (trial.run().exists()) {
      command.add("--resume");
    }
    command.add(TrainCommand.TRIAL);
    return command;
  }

  /** Returns the Java command of this process, without its agents and its terminals. */
  private static List<String> java() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> !argument.startsWith("-agent") && !argument.startsWith("-javaagent"))
        .forEach(command::add);
    command.add("-Dseq4j.terminals=");
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    return command;
  }

  private static void endInput(Process process) {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      process.destroy(); // the process then also saves and stops
    }
  }
}
