package org.seq4j.cli;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Commands that start Java as this process was started, which is sooner than by default. */
final class JavaCommand {
  private JavaCommand() {}

  /** The command of a class with this process's class path. */
  static List<String> of(String mainClass) {
    return of(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
        mainClass);
  }

  /** The command of a class with a class path of its own; its arguments can be added. */
  static List<String> of(String classPath, String mainClass) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> !option.startsWith("-agent") && !option.startsWith("-javaagent"))
        .forEach(command::add);
    command.addAll(List.of("-cp", classPath, mainClass));
    return command;
  }
}
