package org.seq4j.cli.debian;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.seq4j.core.data.TextValue;
import org.seq4j.runtime.io.AtomicFiles;
import org.seq4j.trainer.data.corpus.Compression;
import org.seq4j.trainer.data.corpus.DataException;

/**
 * A file of an archive.
 *
 * @param sha256 its checksum
 * @param checked true if the suite's InRelease has this checksum, or that of the content. apt may
 *     have compressed a file anew; then InRelease has only the checksum of the content.
 */
record CheckedFile(Path path, long bytes, String sha256, boolean checked) {

  /**
   * Reads a file, decompressed by its extension, and compares it with a release.
   *
   * @param entries takes its stanzas, before the file is compared
   * @throws DataException if it is malformed, or the release has another checksum
   */
  static CheckedFile read(
      Path path, Optional<Release> release, String component, Consumer<Stanza> entries) {
    MessageDigest packed = Checksum.sha256();
    MessageDigest content = Checksum.sha256();
    try (InputStream file = new DigestInputStream(Files.newInputStream(path), packed);
        InputStream text = new DigestInputStream(Compression.open(path, file), content);
        ControlReader reader = new ControlReader(new TextValue.Lines(path.toString(), text))) {
      for (Optional<Stanza> next = reader.next(); next.isPresent(); next = reader.next()) {
        entries.accept(next.get());
      }
      file.transferTo(OutputStream.nullOutputStream()); // what follows the compressed data
      String sha256 = Checksum.text(packed);
      boolean checked =
          release.isPresent()
              && isListed(path, sha256, Checksum.text(content), release.get(), component);
      return new CheckedFile(path, Files.size(path), sha256, checked);
    } catch (IOException e) {
      throw new DataException(AtomicFiles.unreadable(path, e), e);
    }
  }

  private static boolean isListed(
      Path path, String sha256, String content, Release release, String component) {
    String name =
        path.getFileName()
            .toString()
            .replaceFirst("^.*_(?=Packages|Translation-)", "") // what apt puts in front
            .replace("%5f", "_");
    Set<String> packed = release.sums(component, name);
    if (packed.contains(sha256)) {
      return true;
    }
    Set<String> unpacked = release.sums(component, withoutExtension(name));
    if (packed.isEmpty() && unpacked.isEmpty()) {
      return false;
    }
    if (!unpacked.contains(content)) {
      throw new DataException(
          "%s: its SHA-256 sum is %s, that of its content %s; the InRelease file beside it has neither. It is damaged or of another day: fetch the files again, all at the same time"
              .formatted(path, sha256, content));
    }
    return true;
  }

  private static String withoutExtension(String name) {
    int dot = name.lastIndexOf('.');
    return dot < 0 ? name : name.substring(0, dot);
  }
}
