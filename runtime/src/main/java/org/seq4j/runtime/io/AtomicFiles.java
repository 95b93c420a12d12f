package org.seq4j.runtime.io;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.seq4j.core.data.CorpusException;

/**
 * Writes files atomically: a reader finds either the old content or the new one, complete. The
 * content is written to a temporary file, synced to the disk and renamed.
 */
public final class AtomicFiles {

  /** Writes the content of a file. */
  @FunctionalInterface
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  private AtomicFiles() {}

  /**
   * Writes a file; creates missing parent folders.
   *
   * @throws RunException if it cannot be written; an existing file is then unchanged, and no folder
   *     that was created for it is left
   */
  public static void write(Path file, Content content) {
    if (Files.isDirectory(file)) {
      throw new RunException("cannot write " + file + ": it is a folder; name a file in it");
    }
    Path beside = file.resolveSibling(file.getFileName() + ".partial");
    Path folder = file.toAbsolutePath().getParent();
    List<Path> created = missingFolders(folder);
    Optional<Thread> cleaner = deleteAtShutdown(beside);
    try {
      Files.createDirectories(folder);
      try (FileChannel channel =
          FileChannel.open(
              beside,
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              StandardOpenOption.TRUNCATE_EXISTING)) {
        OutputStream out = Channels.newOutputStream(channel);
        content.writeTo(out);
        out.flush();
        channel.force(true);
      }
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      syncFolder(folder);
    } catch (IOException e) {
      delete(beside, created, e);
      throw cannotWrite(file, e);
    } catch (RuntimeException e) { // thrown by the content
      delete(beside, created, e);
      throw e;
    } finally {
      cleaner.ifPresent(AtomicFiles::forget);
    }
  }

  /**
   * Registers a temporary file to be deleted if a signal ends the process before it is complete.
   * The hook exists only during the write, so that it keeps no class loader alive.
   */
  private static Optional<Thread> deleteAtShutdown(Path file) {
    Thread cleaner =
        new Thread(
            () -> {
              try {
                Files.deleteIfExists(file);
              } catch (IOException e) {
                // the process is ending, and its messages are those of its work
              }
            });
    try {
      Runtime.getRuntime().addShutdownHook(cleaner);
      return Optional.of(cleaner);
    } catch (IllegalStateException e) { // the process is ending already
      return Optional.empty();
    }
  }

  private static void forget(Thread cleaner) {
    try {
      Runtime.getRuntime().removeShutdownHook(cleaner);
    } catch (IllegalStateException e) {
      // the process is ending, and the file is complete
    }
  }

  /** Writes text in UTF-8. */
  public static void write(Path file, String text) {
    write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Returns a folder and its parents as far as they do not exist, the innermost first. */
  private static List<Path> missingFolders(Path folder) {
    return Stream.iterate(folder, it -> it != null && Files.notExists(it), Path::getParent)
        .toList();
  }

  private static void delete(Path beside, List<Path> created, Exception because) {
    try {
      Files.deleteIfExists(beside);
      for (Path folder : created) {
        Files.deleteIfExists(folder);
      }
    } catch (DirectoryNotEmptyException e) {
      // another file has been written there since
    } catch (IOException e) {
      because.addSuppressed(e);
    }
  }

  /**
   * Syncs a folder, which makes a rename durable. Systems on which folders cannot be opened need no
   * sync.
   */
  private static void syncFolder(Path folder) throws IOException {
    if (System.getProperty("os.name").startsWith("Windows")) {
      return;
    }
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** Returns an exception for a file that cannot be written, with a hint. */
  public static RunException cannotWrite(Path file, IOException e) {
    return new RunException(
        "cannot write " + file + ": " + reason(e) + "; check the folder and the space on the disk",
        e);
  }

  /** Describes an I/O error in words, as {@link CorpusException#reason} does. */
  public static String reason(IOException e) {
    return CorpusException.reason(e);
  }

  /** Returns the message about a file that cannot be read: it is missing, or another reason. */
  public static String unreadable(Path file, IOException e) {
    return CorpusException.unreadable(file.toString(), e).getMessage();
  }
}
