package org.seq4j.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.seq4j.core.graph.Initializer;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.layers.FeedForward.Activation;
import org.seq4j.core.model.Memory;
import org.seq4j.core.model.Sequence;
import org.seq4j.runtime.graph.ModelGraph;
import org.seq4j.runtime.weights.SafeTensors;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Against {@code nn.TransformerEncoderLayer} and {@code nn.TransformerDecoderLayer} of PyTorch, two
 * of each: values and gradients that src/test/python/torch_layers.py has written.
 */
class TorchLayersTest {
  private static final int UNITS = 8;
  private static final int HEADS = 2;
  private static final int INNER = 12;
  private static final int[] SOURCES = {4, 2};
  private static final int[] TARGETS = {5, 3};

  private static Map<String, SafeTensors.Array> reference;

  @BeforeAll
  static void read() throws Exception {
    Path file = Path.of(TorchLayersTest.class.getResource("torch-layers.safetensors").toURI());
    reference = SafeTensors.readForeign(file).arrays();
  }

  /** PyTorch's layers know nothing of positions: the numbers of distances are 0. */
  private static final PositionEncoding NO_POSITIONS = PositionEncoding.T5;

  private static Activation activation(Norm norm) {
    return norm == Norm.PRE ? Activation.GELU : Activation.RELU;
  }

  @ParameterizedTest
  @EnumSource
  void encoderEqualsPyTorch(Norm norm) {
    TransformerEncoder encoder =
        new TransformerEncoder(
            new TransformerEncoder.Config(
                UNITS,
                2,
                HEADS,
                Optional.empty(),
                Optional.of(INNER),
                activation(norm),
                norm,
                NO_POSITIONS,
                1,
                Optional.empty(),
                false,
                0,
                0,
                0));
    try (ModelGraph graph = new ModelGraph(1, 1)) {
      Scope scope = graph.scope(true);
      Memory memory =
          encoder.encode(
              scope.child("model"),
              new Sequence(input(scope, "source", SOURCES), ints(scope, SOURCES)));
      check(graph, prefix(norm, "encoder"), memory.sequence().values());
    }
  }

  @ParameterizedTest
  @EnumSource
  void decoderEqualsPyTorch(Norm norm) {
    TransformerDecoder decoder =
        new TransformerDecoder(
            new TransformerDecoder.Config(
                UNITS,
                2,
                HEADS,
                Optional.empty(),
                SelfAttentionType.MULTI_HEAD,
                Optional.of(INNER),
                activation(norm),
                norm,
                NO_POSITIONS,
                1,
                Optional.empty(),
                false,
                0,
                0,
                0,
                Optional.empty()));
    try (ModelGraph graph = new ModelGraph(1, 1)) {
      Scope scope = graph.scope(true);
      Sequence source = new Sequence(input(scope, "memory", SOURCES), ints(scope, SOURCES));
      Sequence target = new Sequence(input(scope, "target", TARGETS), ints(scope, TARGETS));
      Operand<TFloat32> outputs =
          decoder
              .decode(scope.child("model"), new Memory(source, NamedTensors.EMPTY, 1), target)
              .outputs();
      check(graph, prefix(norm, "decoder"), outputs);
    }
  }

  private static String prefix(Norm norm, String stack) {
    return (norm == Norm.PRE ? "pre." : "post.") + stack;
  }

  private static Operand<TFloat32> input(Scope scope, String name, int[] lengths) {
    return scope.parameter(name, Shape.of(lengths.length, lengths[0], UNITS), Initializer.ZEROS);
  }

  private static Operand<TInt32> ints(Scope scope, int[] lengths) {
    return scope.tf().constant(lengths);
  }

  private static void check(ModelGraph graph, String prefix, Operand<TFloat32> outputs) {
    Ops tf = graph.scope(true).tf();
    SafeTensors.Array weights = reference.get(prefix + ".weights");
    Operand<TFloat32> sum =
        tf.reduceSum(
            tf.math.mul(
                tf.reshape(outputs, tf.constant(new int[] {-1})), tf.constant(weights.values())),
            tf.constant(0));
    String values = prefix + ".value.";
    Map<String, float[]> parameters = new LinkedHashMap<>();
    List<String> known = new ArrayList<>();
    for (String path : graph.parameters().paths()) {
      if (reference.containsKey(values + path)) {
        known.add(path);
        parameters.put(path, reference.get(values + path).values());
      }
    }
    assertThat(reference.keySet().stream().filter(name -> name.startsWith(values)))
        .as("arrays of PyTorch")
        .hasSize(known.size());
    List<Operand<TFloat32>> gradients =
        graph.gradients(sum, known.stream().map(graph.parameters()::value).toList());
    graph.initialize();
    graph.assign(parameters);
    int distances = (int) graph.parameters().shapes().get("model.distance").size();
    graph.assign(Map.of("model.distance", new float[distances]));
    Session.Runner runner = graph.session().runner().fetch(outputs);
    gradients.forEach(runner::fetch);
    try (Result result = runner.run()) {
      checkClose(prefix, result.get(0), reference.get(prefix + ".output"), 1e-5f);
      for (int i = 0; i < known.size(); i++) {
        String path = known.get(i);
        checkClose(path, result.get(i + 1), reference.get(prefix + ".gradient." + path), 1e-4f);
      }
    }
  }

  private static void checkClose(
      String what, Tensor found, SafeTensors.Array expected, float tolerance) {
    float[] values = new float[expected.values().length];
    assertThat(found.shape().asArray()).as(what).isEqualTo(expected.shape());
    ((TFloat32) found).asRawTensor().data().asFloats().read(values);
    for (int i = 0; i < values.length; i++) {
      float value = expected.values()[i];
      assertThat(values[i])
          .as("%s, value %d", what, i)
          .isCloseTo(value, within(tolerance * Math.max(1, Math.abs(value))));
    }
  }
}
