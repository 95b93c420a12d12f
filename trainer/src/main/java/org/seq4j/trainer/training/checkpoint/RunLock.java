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
 * The lock of a run's folder, so that only one process at a time trains the run: a lock on the file
 * {@code .lock}. The operating system releases it when the process ends for any reason. The file
 * stays because another process may be about to lock it.
 */
public final class RunLock implements AutoCloseable {
  /**
   * The folders that this process has locked. It must not open a second channel on a locked file:
   * on POSIX systems, closing any channel on a file releases the process's lock.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final FileChannel channel;

  private RunLock(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /**
   * Takes the lock, and creates the folder if it is missing.
   *
   * @throws RunException if another training holds the lock, or the folder is not writable
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
    } catch (OverlappingFileLockException e) { // locked by Seq4j in another class loader
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
            + "; wait until it ends, stop it, or choose another folder");
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new RunException("cannot unlock " + folder + ": " + AtomicFiles.reason(e), e);
    } finally {
      HELD.remove(folder);
    }
  }
}
