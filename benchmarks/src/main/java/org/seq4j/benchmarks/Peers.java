package org.seq4j.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The variants of the peer on this machine: with or without TorchScript, with or without all of
 * MKL.
 */
final class Peers {
  private static final String PYTHON =
      Optional.ofNullable(System.getenv("PYTHON")).orElse("/usr/bin/python3");

  private final Path folder;
  private final Path writer;
  private final boolean python;
  private final Optional<Path> preload;

  /**
   * Looks around.
   *
   * @param folder for what is written
   * @param writer of TorchScript, peer.py
   */
  Peers(Path folder, Path writer) throws IOException, InterruptedException {
    this.folder = folder;
    this.writer = writer;
    this.python = run(PYTHON, "-c", "import torch");
    this.preload = unlocked();
  }

  /** Whether TorchScript can be written. */
  boolean python() {
    return python;
  }

  /** The reasons why the peer is not at its best here. */
  List<String> missing() {
    List<String> missing = new ArrayList<>();
    if (!python) {
      missing.add(
          PYTHON
              + " cannot import torch: no TorchScript, and no peer in decoding, for mixed or for a"
              + " Transformer");
    }
    if (preload.isEmpty()) {
      missing.add("gcc makes no library here: MKL keeps its fast kernels from other processors");
    }
    return missing;
  }

  /** The library that makes MKL use its fast kernels on any processor, if there is a compiler. */
  Optional<Path> preload() {
    return preload;
  }

  private Optional<Path> unlocked() throws IOException, InterruptedException {
    Path source = folder.resolve("unlocked.c");
    Path library = folder.resolve("unlocked.so");
    Files.writeString(
        source, "int mkl_serv_intel_cpu_true(void) { return 1; }\n", StandardCharsets.US_ASCII);
    boolean made = run("gcc", "-shared", "-fPIC", "-o", library.toString(), source.toString());
    return made ? Optional.of(library) : Optional.empty();
  }

  /** The file of a variant's TorchScript; writes it. */
  Path script(Workload workload, Architecture architecture, Variant variant)
      throws IOException, InterruptedException {
    Path script = folder.resolve("peer.pt");
    boolean written =
        run(
            PYTHON,
            writer.toString(),
            architecture.label(),
            Integer.toString(workload.embedding),
            Integer.toString(workload.units),
            Integer.toString(workload.vocabulary),
            Integer.toString(Architecture.LAYERS),
            Integer.toString(Architecture.HEADS),
            variant.attention(),
            script.toString());
    if (!written) {
      throw new IOException(writer + " failed; its output is in " + folder.resolve("tools.log"));
    }
    return script;
  }

  private boolean run(String... command) throws IOException, InterruptedException {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("tools.log").toFile())
              .start();
      return process.waitFor(2, TimeUnit.MINUTES) && process.exitValue() == 0;
    } catch (IOException e) {
      return false; // there is no such command
    }
  }
}
