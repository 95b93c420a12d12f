package org.seq4j.trainer.training.log;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What this process takes of the machine. */
final class ProcessUsage {
  private static final Path STATUS = Path.of("/proc/self/status"); // of Linux
  private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
  private static final long KILOBYTE = 1024;

  private long wall = System.nanoTime();
  private long processor = processorNanos();

  /** How many processors it kept busy since it was asked before; null where that is not known. */
  Double busyProcessors() {
    long wallNow = System.nanoTime();
    long processorNow = processorNanos();
    Double busy =
        processorNow < 0 || wallNow == wall
            ? null
            : (double) (processorNow - processor) / (wallNow - wall);
    wall = wallNow;
    processor = processorNow;
    return busy;
  }

  /** Negative where that is not known. */
  private static long processorNanos() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getProcessCpuTime()
        : -1;
  }

  /**
   * The memory that it has, TensorFlow's with Java's, in bytes; null where that is not known, which
   * is where there is no {@code /proc}.
   */
  Long residentBytes() {
    try {
      Matcher resident = RESIDENT.matcher(Files.readString(STATUS));
      return resident.find() ? Long.parseLong(resident.group(1)) * KILOBYTE : null;
    } catch (IOException e) {
      return null;
    }
  }
}
