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
 * Data and reference outputs outside of the project, in the folder named by {@code -Dseq4j.shared}.
 * A test that needs a file of it is skipped if the property is not set.
 */
public final class SharedFolder {
  private SharedFolder() {}

  /** Returns a file. */
  public static Path file(String name) {
    String folder = System.getProperty("seq4j.shared");
    assumeThat(folder).as("-Dseq4j.shared, the folder with " + name + ", is not set").isNotNull();
    return Path.of(folder, name);
  }

  /** Returns the text of a file, decompressed if its name ends with .gz. */
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

  /** Returns the lines of a file, without their LF. */
  public static List<String> lines(String name) throws IOException {
    List<String> lines = new ArrayList<>(List.of(text(name).split("\n", -1)));
    if (lines.get(lines.size() - 1).isEmpty()) {
      lines.remove(lines.size() - 1);
    }
    return lines;
  }
}
