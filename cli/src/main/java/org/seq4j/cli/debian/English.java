package org.seq4j.cli.debian;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The English descriptions of an archive. */
final class English {
  private final Map<String, Entry> byChecksum = new LinkedHashMap<>();
  private final LeftOut leftOut = new LeftOut();
  private final SourcePackages sources;
  private int read;

  /**
   * A description.
   *
   * @param name name of its package
   * @param bucket number of its source package, 0 to 999
   */
  record Entry(String name, int bucket, Description description) {}

  English(SourcePackages sources) {
    this.sources = sources;
  }

  /** Adds an entry of a {@code Translation-en} file. */
  void add(Stanza stanza) {
    read++;
    Optional<String> name = stanza.value("Package");
    Optional<String> checksum = stanza.value(Translations.CHECKSUM);
    Optional<Description> description = Description.of(stanza, "Description-en");
    if (name.isEmpty() || checksum.isEmpty() || description.isEmpty()) {
      leftOut.add(Reason.NO_FIELD);
      return;
    }
    Entry entry = new Entry(name.get(), sources.bucket(name.get()), description.get());
    if (byChecksum.put(checksum.get(), entry) != null) {
      leftOut.add(Reason.SHARED);
    }
  }

  /** Returns the descriptions by the MD5 sum by which translations refer to them. */
  Map<String, Entry> byChecksum() {
    return byChecksum;
  }

  /** Returns the number of entries that were read. */
  int read() {
    return read;
  }

  /** Returns the counts of entries that are not among the descriptions. */
  LeftOut leftOut() {
    return leftOut;
  }
}
