package org.seq4j.trainer.experiment;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.seq4j.runtime.codec.SequenceCodec;
import org.seq4j.runtime.codec.TextCodec;
import org.seq4j.runtime.config.ConfigTree;
import org.seq4j.runtime.config.ConfigWriter;
import org.seq4j.runtime.io.AtomicFiles;
import org.seq4j.runtime.io.RunException;
import org.seq4j.runtime.run.RunDirectory;
import org.seq4j.runtime.text.CountedVocabulary;
import org.seq4j.runtime.text.VocabularyConfig;
import org.seq4j.trainer.data.VocabularyCounter;
import org.seq4j.trainer.report.Provenance;
import org.seq4j.trainer.training.checkpoint.RunLock;
import org.seq4j.trainer.training.state.TrainingException;

/** The files that describe a run, apart from its checkpoints and logs. */
public final class RunFiles {
  private final RunDirectory run;
  private final Optional<ConfigTree> origin;

  /**
   * Creates the files of a run.
   *
   * @param origin the tree that the config was read from; empty if a program built it
   */
  public RunFiles(RunDirectory run, Optional<ConfigTree> origin) {
    this.run = run;
    this.origin = origin;
  }

  /**
   * Checks that a new run can be created in the folder.
   *
   * @throws RunExistsException if the folder holds a run
   * @throws RunException if the folder holds the remains of a run
   */
  public void checkNew() {
    if (run.exists()) {
      throw new RunExistsException(run.path());
    }
    for (Path left : List.of(run.metrics(), run.checkpoints())) {
      if (Files.exists(left)) {
        throw new RunException(
            "%s holds %s, but no %s: these may be the remains of a run, which a new one would overwrite. Choose another folder, or remove them"
                .formatted(run.path(), left.getFileName(), run.config().getFileName()));
      }
    }
  }

  /**
   * Locks the folder for a new run and writes the files that describe it. With the lock held, it
   * checks once more that the folder is free. The config is written last because it makes a folder
   * a run; logs and checkpoints follow later. A run that is killed at any moment can therefore be
   * either started again or resumed.
   */
  public RunLock begin(
      ExperimentConfig config, SequenceCodec source, SequenceCodec target, Provenance provenance) {
    TokenizerFiles tokenizers = TokenizerFiles.of(config, run);
    RunLock lock = RunLock.take(run);
    boolean begun = false;
    try {
      checkNew();
      write(run.sourceVocabulary(), source);
      write(run.targetVocabulary(), target);
      tokenizers.copy();
      provenance.write(run.provenance());
      writeConfig(tokenizers.config());
      begun = true;
      return lock;
    } finally {
      if (!begun) {
        lock.close();
      }
    }
  }

  /**
   * Writes the files that tokenizers and vocabularies are read from: those of a run without model.
   * The vocabularies are written once their tokens have been counted.
   */
  void describe(ExperimentConfig config, Optional<VocabularyCounter> counted) {
    TokenizerFiles tokenizers = TokenizerFiles.of(config, run);
    counted
        .flatMap(VocabularyCounter::source)
        .ifPresent(vocabulary -> write(run.sourceVocabulary(), vocabulary));
    counted
        .flatMap(VocabularyCounter::target)
        .ifPresent(vocabulary -> write(run.targetVocabulary(), vocabulary));
    tokenizers.copy();
    writeConfig(tokenizers.config());
  }

  void writeConfig(ExperimentConfig config) {
    AtomicFiles.write(
        run.config(),
        origin
            .map(tree -> ConfigWriter.write(config, run.path(), tree))
            .orElseGet(() -> ConfigWriter.write(config, run.path())));
  }

  private static void write(Path file, SequenceCodec codec) {
    if (codec instanceof TextCodec text) { // vectors have no vocabulary
      write(file, text.vocabulary());
    }
  }

  private static void write(Path file, CountedVocabulary vocabulary) {
    AtomicFiles.write(
        file,
        out -> {
          Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
          vocabulary.write(writer);
          writer.flush();
        });
  }

  /**
   * Checks that the data files have not changed since the run started.
   *
   * @throws TrainingException if one has changed
   */
  void checkData(DataFiles data) {
    Provenance begun = Provenance.read(run.provenance());
    List<String> changed =
        data.files().stream()
            .filter(file -> !begun.sha256(file.file()).equals(Optional.of(file.sha256())))
            .map(Provenance.DataFile::file)
            .toList();
    if (!changed.isEmpty()) {
      throw new TrainingException(
          "%s cannot be resumed: its data have changed since it started: %s. Restore the old files, or start a new run in another folder"
              .formatted(run.path(), String.join(", ", changed)));
    }
  }

  Optional<CountedVocabulary> sourceVocabulary(ExperimentConfig config) {
    return config.source().hasVocabulary()
        ? Optional.of(read(run.sourceVocabulary(), config.source().vocabulary()))
        : Optional.empty();
  }

  Optional<CountedVocabulary> targetVocabulary(ExperimentConfig config) {
    return config.target().isVectors()
        ? Optional.empty()
        : Optional.of(read(run.targetVocabulary(), config.target().vocabulary()));
  }

  private static CountedVocabulary read(Path file, VocabularyConfig config) {
    try {
      return CountedVocabulary.read(file, config);
    } catch (IOException e) {
      throw new RunException(e.getMessage(), e);
    }
  }
}
