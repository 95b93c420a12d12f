package org.seq4j.trainer.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.seq4j.runtime.config.ConfigPaths;
import org.seq4j.runtime.io.AtomicFiles;
import org.seq4j.runtime.io.RunException;
import org.seq4j.runtime.run.RunDirectory;
import org.seq4j.runtime.text.SequenceConfig;
import org.seq4j.trainer.data.corpus.DataException;
import org.seq4j.trainer.training.state.TrainingException;

/**
 * The files that tokenizers are made from, which a run keeps copies of, since using the model takes
 * them.
 *
 * @param config the experiment's, with the copies in place of the files
 * @param copies by the file
 */
record TokenizerFiles(ExperimentConfig config, Map<Path, Path> copies) {

  /** Those of an experiment, and where its run keeps them; nothing is read or written. */
  static TokenizerFiles of(ExperimentConfig config, RunDirectory run) {
    Map<Path, Path> copies = new LinkedHashMap<>();
    SequenceConfig source = moved(config.source(), "source", run.tokenizers(), copies);
    SequenceConfig target = moved(config.target(), "target", run.tokenizers(), copies);
    return new TokenizerFiles(config.withSides(source, target), copies);
  }

  private static SequenceConfig moved(
      SequenceConfig side, String name, Path folder, Map<Path, Path> copies) {
    return ConfigPaths.map(
        side,
        file ->
            file.toAbsolutePath().startsWith(folder.toAbsolutePath())
                ? file // the experiment is the run's own
                : copies.computeIfAbsent(file, it -> free(folder, name, it, copies)));
  }

  /** A name that no other file has. */
  private static Path free(Path folder, String side, Path file, Map<Path, Path> copies) {
    Path copy = folder.resolve(file.getFileName());
    return copies.containsValue(copy)
        ? folder.resolve(side + "-" + copies.size() + "-" + file.getFileName())
        : copy;
  }

  /**
   * Copies them into the run.
   *
   * @throws DataException if one cannot be read
   */
  void copy() {
    copies.forEach((file, copy) -> AtomicFiles.write(copy, out -> out.write(bytes(file))));
  }

  /**
   * Checks that they are what the run was begun with.
   *
   * @throws TrainingException if one is not
   */
  void checkSame() {
    copies.forEach(
        (file, copy) -> {
          try {
            if (Files.mismatch(file, copy) >= 0) {
              throw new TrainingException(
                  "%s is not what the run was begun with, %s. Put the old file back, or train anew in another folder"
                      .formatted(file, copy));
            }
          } catch (IOException e) {
            throw new RunException("cannot read " + copy + ": " + AtomicFiles.reason(e), e);
          }
        });
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new DataException("cannot read " + file + ": " + AtomicFiles.reason(e), e);
    }
  }
}
