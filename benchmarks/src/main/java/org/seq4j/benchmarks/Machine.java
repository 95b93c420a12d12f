package org.seq4j.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/** Properties of the machine and of this process. */
final class Machine {
  private Machine() {}

  /** The largest resident memory of this process so far; 0 where the system does not tell. */
  static long peakMegabytes() {
    String value = field(Path.of("/proc/self/status"), "VmHWM");
    return value.isEmpty() ? 0 : Long.parseLong(value.replaceAll("[^0-9]", "")) / 1024;
  }

  static String processor() {
    String name = field(Path.of("/proc/cpuinfo"), "model name");
    return String.format(
        Locale.ROOT,
        "%s, %d processors",
        name.isEmpty() ? System.getProperty("os.arch") : name,
        Runtime.getRuntime().availableProcessors());
  }

  static String java() {
    return "Java " + Runtime.version();
  }

  private static String field(Path file, String name) {
    if (!Files.isReadable(file)) {
      return "";
    }
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
