package org.seq4j.cli.debian;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The source packages from which packages are built. Packages of one source have similar
 * descriptions, so that corpora are split by source: all of them are in the same split.
 */
final class SourcePackages {
  private static final int BUCKETS = 1000;

  private final Map<String, String> sources = new HashMap<>();

  /** Adds an entry of a {@code Packages} file. */
  void add(Stanza stanza) {
    Optional<String> source = stanza.value("Source"); // with a version: "bash (5.2)"
    stanza
        .value("Package")
        .ifPresent(name -> sources.put(name, source.orElse(name).split("\\s", 2)[0]));
  }

  /** Returns a number from 0 to 999 that is the same for all packages of a source. */
  int bucket(String name) {
    String source = sources.getOrDefault(name, name);
    byte[] hash = Checksum.sha256().digest(source.getBytes(StandardCharsets.UTF_8));
    return (int) (Integer.toUnsignedLong(ByteBuffer.wrap(hash).getInt()) % BUCKETS);
  }
}
