package org.seq4j.cli.sweep;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Trains a trial in a process of its own, so that what one does to its memory, or its end, leaves
 * the others alone. The process stops, and saves, when its input ends: when it is told to, and when
 * this process ends in whatever way.
 */
public final class TrialProcess implements AutoCloseable {
  /** The option of {@code train} that has it stop and save at the end of its input. */
  public static final String STOP_WITH_INPUT = "--stop-with-input";

  private final Process process;

  private TrialProcess(Process process) {
    this.process = process;
  }

  /**
   * Begins a trial, or goes on with it.
   *
   * @param main has the method that runs the command
   * @param global options that come before the command
   */
  public static TrialProcess start(
      Class<?> main, Trial trial, Path config, List<String> overrides, List<String> global)
      throws IOException {
    List<String> command = new ArrayList<>(java(main));
    command.addAll(global);
    command.addAll(List.of("train", config.toString(), "--run", trial.run().path().toString()));
    for (String override : overrides) {
      command.addAll(List.of("--set", override));
    }
    if (trial.run().exists()) {
      command.add("--resume");
    }
    command.add(STOP_WITH_INPUT);
    return new TrialProcess(
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(trial.log().toFile()))
            .start());
  }

  /** Java as this process was started, without what watches it; no stream is a terminal. */
  private static List<String> java(Class<?> main) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> !argument.startsWith("-agent") && !argument.startsWith("-javaagent"))
        .forEach(command::add);
    command.add("-Dseq4j.terminals=");
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(main.getName());
    return command;
  }

  /** Asks it to stop and to save. */
  public void stop() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      process.destroy(); // it does the same
    }
  }

  /** Waits until it has ended. */
  public int await() throws InterruptedException {
    return process.waitFor();
  }

  @Override
  public void close() {
    stop();
  }
}
