package org.seq4j.spark;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.seq4j.runtime.io.AtomicFiles;
import org.seq4j.runtime.io.RunException;

/** Reads runs and archives of runs from any file system that Hadoop knows. */
final class RunFiles {
  private static final String CHECKPOINTS = "checkpoints";

  private RunFiles() {}

  /**
   * Packs a run.
   *
   * @param address folder of the run; an address without a scheme is in the default file system
   * @param checkpoint {@code best}, {@code last}, or the name of a checkpoint
   * @throws RunException if the folder is not that of a run, has no such checkpoint, or a file is
   *     damaged
   */
  static RunArchive pack(String address, String checkpoint, Configuration hadoop) {
    Path folder = null;
    try {
      org.apache.hadoop.fs.Path run = new org.apache.hadoop.fs.Path(address);
      FileSystem files = run.getFileSystem(hadoop);
      if (!files.exists(new org.apache.hadoop.fs.Path(run, "config.yaml"))) {
        throw new RunException(
            address
                + (files.exists(run)
                    ? " is not the folder of a run: it has no config.yaml"
                    : " does not exist: expected the folder of a run"));
      }
      folder = Files.createTempDirectory("seq4j-fetch-");
      Path copy = folder.resolve(run.getName());
      Predicate<String> checkpoints = wanted(files, run, checkpoint);
      fetch(files, run, copy, file -> isNeeded(file, checkpoints));
      return packed(copy, checkpoint, address);
    } catch (IOException e) {
      throw new RunException("cannot read " + address + ": " + AtomicFiles.reason(e), e);
    } finally {
      if (folder != null) {
        RunArchive.delete(folder);
      }
    }
  }

  /** Packs a copy; messages name the address that the user gave. */
  private static RunArchive packed(Path copy, String checkpoint, String address) {
    try {
      return RunArchive.of(copy, checkpoint);
    } catch (RunException e) {
      throw new RunException(e.getMessage().replace(copy.toString(), address), e);
    }
  }

  /**
   * Returns a filter of the checkpoints that the name may mean: those whose names begin with it. If
   * there is none, all are needed, for the message that lists them or for the latest one.
   */
  private static Predicate<String> wanted(
      FileSystem files, org.apache.hadoop.fs.Path run, String checkpoint) throws IOException {
    org.apache.hadoop.fs.Path folder = new org.apache.hadoop.fs.Path(run, CHECKPOINTS);
    boolean any = false;
    if (files.exists(folder)) {
      for (FileStatus file : files.listStatus(folder)) {
        any |= file.getPath().getName().startsWith(checkpoint);
      }
    }
    return any ? name -> name.startsWith(checkpoint) : name -> true;
  }

  /**
   * Copies a folder with its files and subfolders.
   *
   * @param to the copy, which is created if it does not exist
   * @param needed tells which files and subfolders to copy
   */
  static void fetch(
      FileSystem from,
      org.apache.hadoop.fs.Path folder,
      Path to,
      Predicate<org.apache.hadoop.fs.Path> needed)
      throws IOException {
    Files.createDirectories(to);
    for (FileStatus found : from.listStatus(folder)) {
      org.apache.hadoop.fs.Path file = found.getPath();
      Path copy = to.resolve(file.getName());
      if (!needed.test(file)) {
        continue;
      }
      if (found.isDirectory()) {
        fetch(from, file, copy, needed);
      } else {
        from.copyToLocalFile(false, file, new org.apache.hadoop.fs.Path(copy.toUri()), true);
      }
    }
  }

  /** Returns true for what using a run takes: its logs do not belong to it. */
  private static boolean isNeeded(org.apache.hadoop.fs.Path file, Predicate<String> checkpoints) {
    String name = file.getName();
    return file.getParent().getName().equals(CHECKPOINTS)
        ? checkpoints.test(name)
        : !name.equals("tensorboard") && !name.endsWith(".jsonl") && !name.endsWith(".log");
  }

  /** Writes the bytes of an archive to a new file. */
  static void write(RunArchive archive, String address, Configuration hadoop) throws IOException {
    org.apache.hadoop.fs.Path file = new org.apache.hadoop.fs.Path(address);
    try (var out = file.getFileSystem(hadoop).create(file, false)) {
      out.write(archive.bytes());
    }
  }

  /** Reads the bytes of an archive. */
  static RunArchive read(String address, Configuration hadoop) throws IOException {
    org.apache.hadoop.fs.Path file = new org.apache.hadoop.fs.Path(address);
    FileSystem files = file.getFileSystem(hadoop);
    try (var in = files.open(file)) {
      return new RunArchive(in.readAllBytes());
    } catch (FileNotFoundException e) {
      throw new RunException(
          address + " does not exist: expected the run of a stage that was saved", e);
    }
  }
}
