package org.seq4j.spark;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.seq4j.runtime.io.AtomicFiles;
import org.seq4j.runtime.io.RunException;
import org.seq4j.runtime.run.RunCopy;
import org.seq4j.runtime.run.RunDirectory;
import org.seq4j.runtime.weights.SafeTensors;

/**
 * The files of a run that inference needs, with the weights of one checkpoint, as the bytes of a
 * zip file. The same run gives the same bytes.
 */
final class RunArchive implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final FileTime NO_TIME = FileTime.fromMillis(0);

  private final byte[] bytes;
  private final String fingerprint;

  /** Creates an archive from the bytes of another one. */
  RunArchive(byte[] bytes) {
    this.bytes = bytes;
    this.fingerprint = sha256(bytes);
  }

  /**
   * Packs a run.
   *
   * @param checkpoint {@code best}, {@code last}, or the name of a checkpoint
   * @throws RunException if the folder is not that of a run, has no such checkpoint, or a file is
   *     damaged
   */
  static RunArchive of(Path run, String checkpoint) {
    RunDirectory directory = new RunDirectory(run);
    Path file = directory.checkpoint(checkpoint);
    return packed(run, copy -> RunCopy.write(directory, file, SafeTensors.NumberType.F32, copy));
  }

  /**
   * Packs the files of a run that describe its model: config, vocabularies and tokenizers.
   *
   * @throws RunException if a file cannot be read
   */
  static RunArchive withoutWeights(RunDirectory run) {
    return packed(run.path(), copy -> RunCopy.writeWithoutWeights(run, copy));
  }

  /**
   * Packs a folder.
   *
   * @param writing writes the files into a new folder
   * @throws RunException if a file cannot be read or written
   */
  static RunArchive ofFiles(Consumer<Path> writing) {
    return packed(Path.of("run"), writing::accept);
  }

  /** Writes a copy of a run to a new folder. */
  @FunctionalInterface
  private interface Copying {
    void write(Path copy) throws IOException;
  }

  private static RunArchive packed(Path run, Copying copying) {
    try {
      Path folder = Files.createTempDirectory("seq4j-pack-");
      try {
        Path copy = folder.resolve("run");
        copying.write(copy);
        return new RunArchive(zip(copy));
      } finally {
        delete(folder);
      }
    } catch (IOException e) {
      throw new RunException("cannot pack " + run + ": " + AtomicFiles.reason(e), e);
    }
  }

  /** The bytes; not a copy. */
  byte[] bytes() {
    return bytes;
  }

  /** The SHA-256 sum of the bytes, in hexadecimal digits. */
  String fingerprint() {
    return fingerprint;
  }

  /**
   * Unpacks the bytes of an archive into a new temporary folder, which is deleted when the process
   * ends.
   *
   * @throws RunException if the folder cannot be written
   */
  static Path unpack(byte[] bytes) {
    try {
      Path folder = Files.createTempDirectory("seq4j-run-");
      folder.toFile().deleteOnExit();
      try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
          write(zip, folder, entry.getName());
        }
      }
      return folder;
    } catch (IOException e) {
      throw new RunException("cannot unpack a run: " + AtomicFiles.reason(e), e);
    }
  }

  private static void write(ZipInputStream zip, Path folder, String name) throws IOException {
    Path file = folder.resolve(name).normalize();
    if (!file.startsWith(folder)) {
      throw new IOException("'" + name + "' is outside of the run");
    }
    Path parent = file.getParent();
    if (!Files.isDirectory(parent)) { // a run has no deeper folders
      Files.createDirectory(parent);
      parent.toFile().deleteOnExit();
    }
    Files.copy(zip, file);
    file.toFile().deleteOnExit();
  }

  private static byte[] zip(Path folder) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out);
        Stream<Path> all = Files.walk(folder)) {
      zip.setLevel(1); // weights hardly shrink
      List<Path> files = all.filter(Files::isRegularFile).sorted().toList();
      for (Path file : files) {
        ZipEntry entry = new ZipEntry(folder.relativize(file).toString().replace('\\', '/'));
        entry.setLastModifiedTime(NO_TIME);
        zip.putNextEntry(entry);
        Files.copy(file, zip);
        zip.closeEntry();
      }
    }
    return out.toByteArray();
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Deletes a folder with its content. */
  static void delete(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
