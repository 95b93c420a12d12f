package org.seq4j.runtime.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.seq4j.runtime.graph.Parameters;
import org.seq4j.runtime.io.AtomicFiles;
import org.seq4j.runtime.io.RunException;
import org.seq4j.runtime.weights.SafeTensors;

/**
 * Copies the files of a run that inference needs to a new run: configuration, vocabularies,
 * tokenizers, and the weights of one checkpoint. Training cannot resume from the copy.
 */
public final class RunCopy {
  private static final String STEP = "step";

  private RunCopy() {}

  /**
   * Writes a copy atomically.
   *
   * @param checkpoint file of the checkpoint
   * @param type number type of the copy
   * @param folder folder of the copy; it must not exist
   * @throws RunException if a file of the run is damaged, or the folder cannot be written
   */
  public static void write(
      RunDirectory run, Path checkpoint, SafeTensors.NumberType type, Path folder) {
    if (Files.exists(folder)) {
      throw new RunException(folder + " already exists; name a new folder");
    }
    SafeTensors.Content content = SafeTensors.read(checkpoint);
    run.verify(content.metadata());
    RunDirectory beside =
        new RunDirectory(folder.resolveSibling(folder.getFileName() + ".partial"));
    try {
      delete(beside.path()); // left by a process that was killed
      writeWithoutWeights(run, beside.path());
      SafeTensors.write(beside.bestCheckpoint(step(content)), forUse(content), type);
      Files.move(beside.path(), folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw AtomicFiles.cannotWrite(folder, e);
    } finally {
      deleteIfPossible(beside.path());
    }
  }

  /**
   * Copies the files alone, without weights, such as for a worker that gets the weights in another
   * way.
   *
   * @param folder the folder of the copy, without these files
   * @throws IOException if a file cannot be read or written
   */
  public static void writeWithoutWeights(RunDirectory run, Path folder) throws IOException {
    Files.createDirectories(folder);
    for (Path file : files(run)) {
      Path copy = folder.resolve(run.path().relativize(file));
      Files.createDirectories(copy.getParent());
      Files.copy(file, copy);
    }
  }

  private static List<Path> files(RunDirectory run) throws IOException {
    List<Path> files = new ArrayList<>();
    for (Path file :
        List.of(run.config(), run.sourceVocabulary(), run.targetVocabulary(), run.provenance())) {
      if (Files.exists(file)) { // a side of vectors has no vocabulary
        files.add(file);
      }
    }
    if (Files.isDirectory(run.tokenizers())) {
      try (Stream<Path> all = Files.list(run.tokenizers())) {
        all.filter(Files::isRegularFile).forEach(files::add);
      }
    }
    return files;
  }

  private static long step(SafeTensors.Content content) {
    return Long.parseLong(content.metadata().getOrDefault(STEP, "0"));
  }

  /** Removes the data that only training needs. */
  private static SafeTensors.Content forUse(SafeTensors.Content content) {
    Map<String, SafeTensors.Array> arrays = new LinkedHashMap<>(content.arrays());
    arrays.keySet().removeIf(Parameters::isSlot);
    Map<String, String> texts = new LinkedHashMap<>(content.metadata());
    texts
        .keySet()
        .removeIf(
            key ->
                !key.startsWith(RunDirectory.CHECKSUM)
                    && !key.equals(RunDirectory.RANK)
                    && !key.equals(STEP));
    return new SafeTensors.Content(arrays, texts);
  }

  private static void deleteIfPossible(Path folder) {
    try {
      delete(folder);
    } catch (IOException e) {
      // the original error is reported; the next copy deletes it again
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
