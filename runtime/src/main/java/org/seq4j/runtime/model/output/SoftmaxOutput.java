package org.seq4j.runtime.model.output;

import java.util.List;
import org.seq4j.core.graph.Initializer;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.model.TokenOutput;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A linear map to the vocabulary, followed by a softmax; the map can share the target embedding
 * (Press and Wolf 2017).
 */
public final class SoftmaxOutput implements TokenOutput {

  @Override
  public Operand<TFloat32> logProbabilities(
      Scope scope, Operand<TFloat32> features, Tokens tokens) {
    Ops tf = scope.tf();
    if (tokens.embedding().isEmpty()) {
      // rank 2, for which TensorFlow's gradient of it is correct
      return tf.nn.logSoftmax(scope.linear("projection", tokens.size(), true, List.of(features)));
    }
    Operand<TFloat32> embedding = tokens.embedding().get();
    long units = embedding.shape().get(1);
    Operand<TFloat32> sized =
        features.shape().get(1) == units
            ? features
            : scope.linear("to_embedding", units, false, features); // [N, E]
    Operand<TFloat32> bias = scope.parameter("bias", Shape.of(tokens.size()), Initializer.ZEROS);
    Operand<TFloat32> logits = scope.products(sized, embedding);
    return tf.nn.logSoftmax(tf.nn.biasAdd(logits, bias)); // [N, V]
  }
}
