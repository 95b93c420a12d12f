package org.seq4j.trainer.data.corpus;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.compress.compressors.CompressorException;
import org.apache.commons.compress.compressors.CompressorStreamFactory;

/** Files that may be packed: gzip, bzip2, xz and zstd, by the end of their names. */
public final class Compression {
  private static final Map<String, String> FORMATS =
      Map.of(
          ".gz", CompressorStreamFactory.GZIP,
          ".bz2", CompressorStreamFactory.BZIP2,
          ".xz", CompressorStreamFactory.XZ,
          ".zst", CompressorStreamFactory.ZSTANDARD);

  private Compression() {}

  /**
   * Opens a file, and unpacks it if it is packed. What was packed in several pieces is one stream.
   *
   * @throws IOException if it cannot be read, or is not packed as its name says
   */
  public static InputStream open(Path file) throws IOException {
    return open(file, Files.newInputStream(file));
  }

  /** Unpacks a stream as the name of its file says; closing the one closes the other. */
  static InputStream open(Path file, InputStream raw) throws IOException {
    Optional<String> format = format(file);
    if (format.isEmpty()) {
      return raw;
    }
    InputStream packed = new BufferedInputStream(raw);
    try {
      return new CompressorStreamFactory(true)
          .createCompressorInputStream(format.get(), packed, true);
    } catch (CompressorException e) {
      packed.close();
      throw new IOException("its name says %s, but it is not".formatted(format.get()), e);
    }
  }

  /**
   * The endings of names that a file of text may have: the plain one, and those if it is packed.
   */
  static List<String> endings(String plain) {
    return Stream.concat(Stream.of(plain), FORMATS.keySet().stream().sorted().map(plain::concat))
        .toList();
  }

  private static Optional<String> format(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    return FORMATS.entrySet().stream()
        .filter(entry -> name.endsWith(entry.getKey()))
        .map(Map.Entry::getValue)
        .findFirst();
  }
}
