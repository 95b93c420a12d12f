package org.seq4j.trainer.data.corpus;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.compress.compressors.CompressorStreamFactory;
import org.seq4j.core.data.TextValue;

/** Decompression of gzip, bzip2, xz, zstd and lz4, chosen by file name extension. */
public final class Compression {
  private static final Map<String, String> FORMATS =
      Map.of(
          ".gz", CompressorStreamFactory.GZIP,
          ".bz2", CompressorStreamFactory.BZIP2,
          ".xz", CompressorStreamFactory.XZ,
          ".zst", CompressorStreamFactory.ZSTANDARD,
          ".lz4", CompressorStreamFactory.LZ4_FRAMED);

  private Compression() {}

  /**
   * Opens a file and decompresses it if its name says so. Concatenated members are read as one
   * stream.
   *
   * @throws IOException if the file cannot be read, or is not compressed as its name says
   */
  public static InputStream open(Path file) throws IOException {
    return open(file, TextValue.Lines.stream(file));
  }

  /**
   * Decompresses a stream by the extension of its file; closing the result closes the stream.
   *
   * @throws IOException if the stream cannot be read, or is not compressed as the name says
   */
  public static InputStream open(Path file, InputStream raw) throws IOException {
    Optional<String> format = format(file);
    if (format.isEmpty()) {
      return raw;
    }
    PackedStream packed = new PackedStream(raw);
    try {
      InputStream unpacked =
          format.get().equals(CompressorStreamFactory.GZIP)
              ? new GzipMembers(packed)
              : new CompressorStreamFactory(true)
                  .createCompressorInputStream(format.get(), packed, true);
      return new UnpackedStream(unpacked, packed);
    } catch (IOException e) {
      packed.close();
      throw new IOException(
          "the name ends like a %s file, but the content is not one".formatted(format.get()), e);
    }
  }

  /** Returns the extensions of a text file: the plain one and those of its compressed forms. */
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
