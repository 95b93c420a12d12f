package org.seq4j.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.seq4j.runtime.io.AtomicFiles;
import org.seq4j.runtime.io.RunException;
import org.seq4j.runtime.run.RunDirectory;
import org.seq4j.trainer.training.TrainingListener;

/**
 * The folder of a run on the driver, and its copy in a file system of the cluster, from which
 * another driver can resume. The copy is brought up to date after each checkpoint, file by file,
 * each of them under its name only once it is whole; logs come before checkpoints, and old
 * checkpoints are removed last. So the copy can be resumed from, whenever the driver is lost.
 */
final class MirroredRun implements TrainingListener, AutoCloseable {
  private static final String LOCK = "driver.lock";
  private static final String PARTIAL = ".partial";
  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:/");

  private final Path address;
  private final FileSystem files;
  private final FileContext renaming;
  private final java.nio.file.Path parent;
  private final RunDirectory run;
  private final Map<String, Version> copied = new HashMap<>();

  /** The state of a local file; a changed file has another one. */
  private record Version(long bytes, long modified) {
    static Version of(java.nio.file.Path file) throws IOException {
      return new Version(Files.size(file), Files.getLastModifiedTime(file).toMillis());
    }
  }

  /**
   * Claims an address.
   *
   * @param address a folder in a file system that Hadoop knows
   * @param resume true if the folder has a run, which is copied to this machine
   * @throws RunException if another driver uses the address, if it has no run to resume, or one
   *     already although a new one is begun, or if it cannot be read or written
   */
  MirroredRun(String address, boolean resume, Configuration hadoop) {
    this.address = new Path(address);
    try {
      this.files = this.address.getFileSystem(hadoop);
      this.renaming = FileContext.getFileContext(this.address.toUri(), hadoop);
      boolean exists = files.exists(new Path(this.address, "config.yaml"));
      if (resume && !exists) {
        throw new RunException(
            address + " is not the folder of a run: expected one to resume, with a config.yaml");
      }
      if (!resume && exists) {
        throw new RunException(
            address
                + " has a run already: resume it with the job train --resume, or choose another folder");
      }
      this.parent = Files.createTempDirectory("seq4j-run-");
      this.run = new RunDirectory(parent.resolve(this.address.getName()));
    } catch (IOException e) {
      throw new RunException("cannot use " + address + ": " + AtomicFiles.reason(e), e);
    }
    claim();
    if (resume) {
      fetch();
    }
  }

  private void fetch() {
    try {
      RunFiles.fetch(
          files,
          address,
          run.path(),
          file -> !file.getName().equals(LOCK) && !file.getName().endsWith(PARTIAL));
      for (java.nio.file.Path file : localFiles()) {
        copied.put(relative(file), Version.of(file));
      }
    } catch (IOException e) {
      close();
      throw new RunException("cannot read " + address + ": " + AtomicFiles.reason(e), e);
    }
  }

  /**
   * Returns true if a name is that of a folder in a file system of the cluster: it has a scheme.
   */
  static boolean isAddress(String name) {
    return SCHEME.matcher(name).lookingAt();
  }

  /** Returns the folder on this machine. */
  java.nio.file.Path folder() {
    return run.path();
  }

  private void claim() {
    try {
      lock();
    } catch (IOException e) {
      RunArchive.delete(parent);
      throw new RunException("cannot use " + address + ": " + AtomicFiles.reason(e), e);
    } catch (RunException e) {
      RunArchive.delete(parent);
      throw e;
    }
  }

  private void lock() throws IOException {
    Path lock = new Path(address, LOCK);
    String owner =
        "process %s of %s since %s"
            .formatted(
                Long.toString(ProcessHandle.current().pid()),
                host(),
                Instant.now().truncatedTo(ChronoUnit.SECONDS));
    files.mkdirs(address);
    try (var out = files.create(lock, false)) {
      out.write(owner.getBytes(StandardCharsets.UTF_8));
    } catch (FileAlreadyExistsException e) {
      throw new RunException(
          "%s is in use by a driver, %s: wait for its end. If it has been lost, delete %s"
              .formatted(address, owner(lock), lock),
          e);
    }
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "a host without a name";
    }
  }

  private String owner(Path lock) throws IOException {
    try (var in = files.open(lock)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private String relative(java.nio.file.Path file) {
    return run.path().relativize(file).toString();
  }

  @Override
  public void saved(long step) {
    update();
  }

  /**
   * Brings the copy up to date.
   *
   * @throws RunException if a file cannot be written
   */
  void update() {
    try {
      Set<String> checkpoints = new HashSet<>();
      for (java.nio.file.Path file : localFiles()) {
        if (file.startsWith(run.checkpoints())) {
          checkpoints.add(file.getFileName().toString());
        }
        Version now = Version.of(file);
        if (!now.equals(copied.get(relative(file)))) {
          copy(file);
          copied.put(relative(file), now);
        }
      }
      removeOthers(checkpoints);
    } catch (IOException | UncheckedIOException e) {
      throw new RunException("cannot write to " + address + ": " + e.getMessage(), e);
    }
  }

  /**
   * Returns the files to copy: the checkpoints are last, of which the best come first. The config
   * is before them and behind all others, because a folder with a config is a run.
   */
  private List<java.nio.file.Path> localFiles() throws IOException {
    try (Stream<java.nio.file.Path> all = Files.walk(run.path())) {
      List<java.nio.file.Path> found =
          all.filter(Files::isRegularFile)
              .filter(it -> !it.toString().endsWith(PARTIAL) && !it.toString().endsWith(".lock"))
              .sorted()
              .toList();
      return found.stream().sorted(Comparator.comparingInt(this::turn)).toList();
    }
  }

  private int turn(java.nio.file.Path file) {
    return file.startsWith(run.checkpoints()) ? 2 : file.equals(run.config()) ? 1 : 0;
  }

  private void copy(java.nio.file.Path file) throws IOException {
    Path to = new Path(address, relative(file));
    Path partial = to.suffix(PARTIAL);
    files.copyFromLocalFile(false, true, new Path(file.toUri()), partial);
    renaming.rename(partial, to, Options.Rename.OVERWRITE);
  }

  private void removeOthers(Set<String> checkpoints) throws IOException {
    Path folder = new Path(address, run.checkpoints().getFileName().toString());
    if (files.exists(folder)) {
      for (FileStatus file : files.listStatus(folder)) {
        if (!checkpoints.contains(file.getPath().getName())) {
          files.delete(file.getPath(), false);
        }
      }
    }
  }

  /** Gives the address free, with no empty folder, and deletes the folder on this machine. */
  @Override
  public void close() {
    try {
      files.delete(new Path(address, LOCK), false);
      if (files.listStatus(address).length == 0) {
        files.delete(address, false); // a training that failed before it began
      }
    } catch (IOException e) {
      throw new RunException("cannot write to " + address + ": " + e.getMessage(), e);
    } finally {
      RunArchive.delete(parent);
    }
  }
}
