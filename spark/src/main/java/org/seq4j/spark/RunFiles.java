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
      fetch(files, run, copy, wanted(files, run, checkpoint));
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

  /** Copies a folder with its files and subfolders, but no log of training. */
  private static void fetch(
      FileSystem from, org.apache.hadoop.fs.Path folder, Path to, Predicate<String> checkpoints)
      throws IOException {
    Files.createDirectory(to);
    for (FileStatus file : from.listStatus(folder)) {
      String name = file.getPath().getName();
      Path copy = to.resolve(name);
      if (file.isDirectory()) {
        if (!name.equals("tensorboard")) {
          fetch(from, file.getPath(), copy, checkpoints);
        }
      } else if (isNeeded(folder.getName(), name, checkpoints)) {
        from.copyToLocalFile(
            false, file.getPath(), new org.apache.hadoop.fs.Path(copy.toUri()), true);
      }
    }
  }

  private static boolean isNeeded(String folder, String name, Predicate<String> checkpoints) {
    return folder.equals(CHECKPOINTS)
        ? checkpoints.test(name)
        : !name.endsWith(".jsonl") && !name.endsWith(".log");
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
