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
 * The files that tokenizers are made from. A run keeps copies because inference needs them.
 *
 * @param config the experiment's config, with copies instead of the original files
 * @param copies the copies by original file
 */
record TokenizerFiles(ExperimentConfig config, Map<Path, Path> copies) {

  /**
   * Finds the tokenizer files of an experiment and their places in a run; reads and writes nothing.
   */
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
                ? file // the config is the run's own
                : copies.computeIfAbsent(file, it -> free(folder, name, it, copies)));
  }

  /** Returns a path that no other copy has. */
  private static Path free(Path folder, String side, Path file, Map<Path, Path> copies) {
    Path copy = folder.resolve(file.getFileName());
    return copies.containsValue(copy)
        ? folder.resolve(side + "-" + copies.size() + "-" + file.getFileName())
        : copy;
  }

  /**
   * Copies the files into the run.
   *
   * @throws DataException if one cannot be read
   */
  void copy() {
    copies.forEach((file, copy) -> AtomicFiles.write(copy, out -> out.write(bytes(file))));
  }

  /**
   * Checks that the files have not changed since the run started.
   *
   * @throws TrainingException if one has changed
   */
  void checkSame() {
    copies.forEach(
        (file, copy) -> {
          try {
            if (Files.mismatch(file, copy) >= 0) {
              throw new TrainingException(
                  "%s differs from the run's copy %s. Restore the old file, or start a new run in another folder"
                      .formatted(file, copy));
            }
          } catch (IOException e) {
            throw new RunException(AtomicFiles.unreadable(copy, e), e);
          }
        });
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new DataException(AtomicFiles.unreadable(file, e), e);
    }
  }
}
