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
import org.seq4j.trainer.report.Provenance;
import org.seq4j.trainer.training.checkpoint.RunLock;
import org.seq4j.trainer.training.state.TrainingException;

/** The files that describe a run, beside its checkpoints and its log. */
public final class RunFiles {
  private final RunDirectory run;
  private final Optional<ConfigTree> origin;

  /**
   * Of a run.
   *
   * @param origin what its configuration was read from
   */
  public RunFiles(RunDirectory run, Optional<ConfigTree> origin) {
    this.run = run;
    this.origin = origin;
  }

  /**
   * Checks that a new run can be made in the folder.
   *
   * @throws RunExistsException if it holds one
   * @throws RunException if it holds what is left of one
   */
  public void checkNew() {
    if (run.exists()) {
      throw new RunExistsException(run.path());
    }
    for (Path left : List.of(run.metrics(), run.checkpoints())) {
      if (Files.exists(left)) {
        throw new RunException(
            "%s holds %s, but no %s: it may be what is left of a run, which a new one would overwrite. Choose another folder, or remove that"
                .formatted(run.path(), left.getFileName(), run.config().getFileName()));
      }
    }
  }

  /**
   * Takes the folder for a new run, and describes the run in it. It looks again whether it may, now
   * that no other process can come between. The configuration is written last, since it is what
   * makes a folder a run; the log and the checkpoints come after it, so that a run which was killed
   * at any moment can either be begun anew or go on.
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

  void writeConfig(ExperimentConfig config) {
    AtomicFiles.write(
        run.config(),
        origin
            .map(tree -> ConfigWriter.write(config, run.path(), tree))
            .orElseGet(() -> ConfigWriter.write(config, run.path())));
  }

  private static void write(Path file, SequenceCodec codec) {
    if (codec instanceof TextCodec text) { // vectors have no vocabulary
      AtomicFiles.write(
          file,
          out -> {
            Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
            text.vocabulary().write(writer);
            writer.flush();
          });
    }
  }

  /**
   * Checks that data files are what they were when the run was begun.
   *
   * @throws TrainingException if one is not
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
          "%s cannot go on: its data have changed since it was begun: %s. Put the old files back, or train anew in another folder"
              .formatted(run.path(), String.join(", ", changed)));
    }
  }

  Optional<CountedVocabulary> sourceVocabulary(ExperimentConfig config) {
    return config.source().isVectors()
        ? Optional.empty()
        : Optional.of(read(run.sourceVocabulary(), config.source().vocabulary()));
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
      throw new RunException("cannot read the vocabulary: " + AtomicFiles.reason(e), e);
    }
  }
}
