package org.seq4j.trainer.training.checkpoint;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.seq4j.runtime.io.AtomicFiles;
import org.seq4j.runtime.io.RunException;
import org.seq4j.runtime.run.RunDirectory;

/**
 * The right to write into the folder of a run, which one training at a time has: a lock on its file
 * {@code .lock}. The operating system frees it when the process ends, however it ends; the file
 * stays, since another process may be about to lock it.
 */
public final class RunLock implements AutoCloseable {
  /**
   * The folders that this process holds. A second channel on a locked file must not even be opened:
   * on POSIX systems closing any channel of the process frees its lock.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final FileChannel channel;

  private RunLock(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /**
   * Takes the lock, and makes the folder if it is missing.
   *
   * @throws RunException if another training has it, or the folder cannot be written to
   */
  public static RunLock take(RunDirectory run) {
    Path file = run.path().resolve(".lock");
    try {
      Files.createDirectories(run.path());
      Path folder = run.path().toRealPath();
      if (!HELD.add(folder)) {
        throw held(run, "this process");
      }
      boolean taken = false;
      try {
        RunLock lock = new RunLock(folder, open(run, file));
        taken = true;
        return lock;
      } finally {
        if (!taken) {
          HELD.remove(folder);
        }
      }
    } catch (IOException e) {
      throw new RunException(
          "cannot write %s: %s; check the folder".formatted(file, AtomicFiles.reason(e)), e);
    }
  }

  private static FileChannel open(RunDirectory run, Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    boolean taken = false;
    try {
      FileLock lock = channel.tryLock();
      taken = lock != null;
    } catch (OverlappingFileLockException e) { // by a Seq4j of another class loader
      throw held(run, "this process");
    } finally {
      if (!taken) {
        channel.close();
      }
    }
    if (!taken) {
      throw held(run, "another process");
    }
    return channel;
  }

  private static RunException held(RunDirectory run, String by) {
    return new RunException(
        run.path()
            + " is being trained by "
            + by
            + "; wait until that has ended, or stop it, or choose another folder");
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new RunException("cannot free " + folder + ": " + AtomicFiles.reason(e), e);
    } finally {
      HELD.remove(folder);
    }
  }
}
