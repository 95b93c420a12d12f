package org.seq4j.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The options of the command line. */
record Options(
    Set<Workload> workloads,
    Set<Task> tasks,
    Set<Architecture> architectures,
    int rounds,
    int steps,
    int threads,
    boolean microBatches,
    boolean bf16,
    boolean profile) {
  static final String USAGE =
      "usage: benchmarks/run [small|medium|short|long|mixed]... [--task train|decode]"
          + " [--model feeding|lstm|transformer] [--rounds N] [--steps N] [--threads N] [--micro-batches] [--bf16] [--profile]";

  /** A problem with the command line. */
  static final class UsageException extends RuntimeException {
    UsageException(String message) {
      super(message);
    }
  }

  static Options parse(String... arguments) {
    Set<Workload> workloads = EnumSet.noneOf(Workload.class);
    Set<Task> tasks = EnumSet.noneOf(Task.class);
    Set<Architecture> architectures = EnumSet.noneOf(Architecture.class);
    int rounds = 3;
    int steps = 10;
    int threads = 2;
    boolean microBatches = false;
    boolean bf16 = false;
    boolean profile = false;
    List<String> left = new ArrayList<>(List.of(arguments));
    while (!left.isEmpty()) {
      String argument = left.remove(0);
      switch (argument) {
        case "--task" -> tasks.add(constant(Task.class, argument, value(argument, left)));
        case "--model" ->
            architectures.add(constant(Architecture.class, argument, value(argument, left)));
        case "--rounds" -> rounds = number(argument, value(argument, left));
        case "--steps" -> steps = number(argument, value(argument, left));
        case "--threads" -> threads = number(argument, value(argument, left));
        case "--micro-batches" -> microBatches = true;
        case "--bf16" -> bf16 = true;
        case "--profile" -> profile = true;
        default -> {
          if (argument.startsWith("-")) {
            throw new UsageException("there is no option " + argument);
          }
          workloads.add(constant(Workload.class, "shape", argument));
        }
      }
    }
    return new Options(
        workloads.isEmpty() ? EnumSet.allOf(Workload.class) : workloads,
        tasks.isEmpty() ? EnumSet.allOf(Task.class) : tasks,
        architectures.isEmpty() ? EnumSet.allOf(Architecture.class) : architectures,
        rounds,
        steps,
        threads,
        microBatches,
        bf16,
        profile);
  }

  private static String value(String option, List<String> left) {
    if (left.isEmpty()) {
      throw new UsageException(option + " needs a value");
    }
    return left.remove(0);
  }

  private static int number(String option, String text) {
    if (!text.matches("[1-9][0-9]{0,5}")) {
      throw new UsageException(
          option + " takes a whole number from 1 to 999999, got '" + text + "'");
    }
    return Integer.parseInt(text);
  }

  private static <E extends Enum<E>> E constant(Class<E> type, String what, String text) {
    for (E constant : type.getEnumConstants()) {
      if (constant.name().toLowerCase(Locale.ROOT).equals(text)) {
        return constant;
      }
    }
    String known =
        Arrays.stream(type.getEnumConstants())
            .map(it -> it.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", "));
    throw new UsageException("%s: expected one of %s, got '%s'".formatted(what, known, text));
  }
}
