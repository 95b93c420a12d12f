package org.seq4j.trainer.objective;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.graph.Shapes;
import org.seq4j.core.training.ForcedPass;
import org.seq4j.runtime.codec.SequenceCodec;
import org.seq4j.runtime.graph.scan.Precision;
import org.seq4j.runtime.inference.TokenPredictor;
import org.seq4j.runtime.io.RunException;
import org.seq4j.runtime.model.Seq2SeqModel;
import org.seq4j.runtime.model.batch.PaddedBatch;
import org.seq4j.runtime.model.batch.SequenceInput;
import org.seq4j.runtime.plugin.ComponentRegistry;
import org.seq4j.runtime.run.LoadedRun;
import org.seq4j.runtime.run.RunDirectory;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A trained model whose distributions are targets of {@link Distillation}. It is in a graph of its
 * own, so that its weights are neither trained nor saved.
 */
public final class Teacher implements AutoCloseable {
  private final LoadedRun run;
  private final SequenceInput source;
  private final SequenceInput target;
  private final Operand<TFloat32> probabilities; // [B, T + 1, V]

  private Teacher(LoadedRun run, double temperature) {
    this.run = run;
    Seq2SeqModel model =
        new Seq2SeqModel(
            run.config().model(), run.source().space(), run.target().space(), run.context());
    Scope scope = run.graph().scope(false);
    Ops tf = scope.tf();
    source = SequenceInput.of(tf, model.source(), false);
    target = SequenceInput.of(tf, model.target(), false);
    ForcedPass pass = model.score(scope, source.batch(), target.batch());
    ForcedPass.Tokens tokens = pass.tokens();
    probabilities =
        tf.reshape(
            tf.math.exp(Distillation.atTemperature(tf, tokens, temperature)),
            tf.stack(
                List.of(
                    Shapes.size(tf, tokens.ids(), 0),
                    Shapes.size(tf, tokens.ids(), 1),
                    tf.constant(tokens.vocabulary()))));
  }

  /**
   * Loads the best checkpoint of a run.
   *
   * @param source the codec of the model that learns, whose sources the teacher reads as they are
   * @param target the codec of the model that learns
   * @param threads number of threads
   * @throws RunException if it cannot be loaded, or its vocabularies are others
   */
  public static Teacher open(
      Path folder,
      ComponentRegistry registry,
      SequenceCodec source,
      SequenceCodec target,
      double temperature,
      int threads) {
    RunDirectory directory = new RunDirectory(folder);
    if (!directory.exists()) {
      throw new RunException(
          problem(
              folder, "is not the folder of a run. Training needs it, using the model does not"));
    }
    LoadedRun run =
        LoadedRun.open(directory, directory.checkpoint(), registry, Precision.F32, threads);
    try {
      check(folder, run, source, target);
      return new Teacher(run, temperature);
    } catch (RuntimeException | Error e) {
      run.close();
      throw e;
    }
  }

  private static void check(
      Path folder, LoadedRun run, SequenceCodec source, SequenceCodec target) {
    if (run.target().space().isVectors()) {
      throw new RunException(problem(folder, "has targets of vectors, not of tokens"));
    }
    if (run.source().isReversed() != source.isReversed()) {
      throw new RunException(problem(folder, "reads tokens in another order, see source.reversed"));
    }
    if (run.target().isReversed() != target.isReversed()) {
      throw new RunException(
          problem(folder, "writes tokens in another order, see target.reversed"));
    }
    differs(run.target().knownTokens(), target.knownTokens(), folder, "target");
    differs(run.source().knownTokens(), source.knownTokens(), folder, "source");
    if (!run.source().space().equals(source.space())) {
      throw new RunException(problem(folder, "reads sources of another kind"));
    }
    if (run.predictor() instanceof TokenPredictor tokens && tokens.copies()) {
      throw new RunException(
          problem(folder, "copies source tokens, which distillation does not support"));
    }
  }

  /** Names the first difference of two vocabularies. */
  private static void differs(List<String> ofTeacher, List<String> own, Path folder, String side) {
    if (ofTeacher.equals(own)) {
      return;
    }
    int id = 0;
    while (id < Math.min(ofTeacher.size(), own.size()) && ofTeacher.get(id).equals(own.get(id))) {
      id++;
    }
    throw new RunException(
        problem(
            folder,
            String.format(
                Locale.ROOT,
                "has another %s vocabulary: %d tokens, and this model %d; token %d is %s, and %s here. Set %s.vocabulary.file to %s.vocabulary of its run",
                side,
                ofTeacher.size(),
                own.size(),
                id,
                shown(ofTeacher, id),
                shown(own, id),
                side,
                side)));
  }

  private static String shown(List<String> tokens, int id) {
    return id < tokens.size() ? "'" + tokens.get(id) + "'" : "missing";
  }

  private static String problem(Path folder, String what) {
    return "training.objectives: distillation: the teacher " + folder + " " + what;
  }

  /**
   * Computes the distributions for a batch; its first tensor is {@code [B, T + 1, V]}. The caller
   * closes it.
   */
  public Result predict(PaddedBatch sources, PaddedBatch targets) {
    try (SequenceInput.Feed ofSource = source.feed(sources);
        SequenceInput.Feed ofTarget = target.feed(targets)) {
      return run.graph()
          .run(ofTarget.to(ofSource.to(run.graph().session().runner())).fetch(probabilities));
    }
  }

  @Override
  public void close() {
    run.close();
  }
}
