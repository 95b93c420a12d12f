package org.seq4j.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * Data and reference outputs outside of the project, in the folder that {@code -Dseq4j.shared}
 * names. A test that asks for a file of it is skipped where there is none.
 */
public final class SharedFolder {
  private SharedFolder() {}

  /** A file. */
  public static Path file(String name) {
    String folder = System.getProperty("seq4j.shared");
    assumeThat(folder).as("-Dseq4j.shared, the folder with " + name + ", is not given").isNotNull();
    return Path.of(folder, name);
  }

  /** The text of a file, unpacked if its name ends with .gz. */
  public static String text(String name) throws IOException {
    Path file = file(name);
    try (InputStream in = Files.newInputStream(file)) {
      return name.endsWith(".gz") ? unpacked(in) : new String(in.readAllBytes(), UTF_8);
    }
  }

  private static String unpacked(InputStream in) throws IOException {
    try (InputStream out = new GZIPInputStream(in)) {
      return new String(out.readAllBytes(), UTF_8);
    }
  }

  /** Its lines, without their LF. */
  public static List<String> lines(String name) throws IOException {
    List<String> lines = new ArrayList<>(List.of(text(name).split("\n", -1)));
    if (lines.get(lines.size() - 1).isEmpty()) {
      lines.remove(lines.size() - 1);
    }
    return lines;
  }
}
