package org.seq4j.trainer.training.log;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The CPU time and memory that this process uses. */
public final class ProcessUsage {
  private static final Path STATUS = Path.of("/proc/self/status"); // Linux only
  private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
  private static final long KILOBYTE = 1024;

  private long wall = System.nanoTime();
  private long processor = processorNanos();

  /** Returns the mean number of busy processors since the last call; null if unknown. */
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

  /** Returns the CPU time of the process in nanoseconds; negative if unknown. */
  private static long processorNanos() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getProcessCpuTime()
        : -1;
  }

  /**
   * Returns the resident memory of the process in bytes, with that of TensorFlow; null if there is
   * no {@code /proc}.
   */
  public Long residentBytes() {
    try {
      Matcher resident = RESIDENT.matcher(Files.readString(STATUS));
      return resident.find() ? Long.parseLong(resident.group(1)) * KILOBYTE : null;
    } catch (IOException e) {
      return null;
    }
  }
}
