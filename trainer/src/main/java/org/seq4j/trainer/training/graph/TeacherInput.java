package org.seq4j.trainer.training.graph;

import java.util.ArrayList;
import java.util.List;
import org.seq4j.trainer.data.batch.Batch;
import org.seq4j.trainer.objective.Teacher;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/**
 * The placeholders for what teachers predict for a batch, {@code [B, T + 1, V]} each, and the
 * teachers, which it owns.
 */
record TeacherInput(List<Teacher> teachers, List<Placeholder<TFloat32>> predictions)
    implements AutoCloseable {

  /** Adds the placeholders to the graph. */
  static TeacherInput of(Ops tf, List<Teacher> teachers, int vocabulary) {
    long any = Shape.UNKNOWN_SIZE;
    List<Placeholder<TFloat32>> predictions = new ArrayList<>();
    for (int i = 0; i < teachers.size(); i++) {
      predictions.add(
          tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(any, any, vocabulary))));
    }
    return new TeacherInput(teachers, predictions);
  }

  /** Returns the mean of the predictions. */
  Operand<TFloat32> mean(Ops tf) {
    return predictions.size() == 1
        ? predictions.get(0)
        : tf.math.mul(
            tf.math.addN(List.<Operand<TFloat32>>copyOf(predictions)),
            tf.constant(1f / predictions.size()));
  }

  /** Computes the predictions for a batch. The caller closes them after the run. */
  Feed feed(Batch batch) {
    Feed feed = new Feed(new ArrayList<>());
    try {
      teachers.forEach(
          teacher -> feed.results.add(teacher.predict(batch.source(), batch.target())));
      return feed;
    } catch (RuntimeException | Error e) {
      feed.close();
      throw e;
    }
  }

  /** The tensors to feed. */
  final class Feed implements AutoCloseable {
    private final List<Result> results;

    private Feed(List<Result> results) {
      this.results = results;
    }

    Session.Runner to(Session.Runner runner) {
      for (int i = 0; i < results.size(); i++) {
        runner.feed(predictions.get(i), results.get(i).get(0));
      }
      return runner;
    }

    @Override
    public void close() {
      results.forEach(Result::close);
    }
  }

  @Override
  public void close() {
    teachers.forEach(Teacher::close);
  }
}
