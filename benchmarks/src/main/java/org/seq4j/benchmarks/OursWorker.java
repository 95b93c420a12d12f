package org.seq4j.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.text.SequenceData;
import org.seq4j.runtime.config.ConfigReader;
import org.seq4j.runtime.graph.ModelGraph;
import org.seq4j.runtime.graph.Profile;
import org.seq4j.runtime.graph.function.GraphOps;
import org.seq4j.runtime.graph.scan.Precision;
import org.seq4j.runtime.inference.Sources;
import org.seq4j.runtime.inference.TokenPredictor;
import org.seq4j.runtime.model.ModelConfig;
import org.seq4j.runtime.model.Seq2SeqModel;
import org.seq4j.runtime.plugin.ComponentRegistry;
import org.seq4j.runtime.plugin.PluginLoader;
import org.seq4j.runtime.search.Hypothesis;
import org.seq4j.runtime.search.SearchConfig;
import org.seq4j.runtime.weights.SafeTensors;
import org.seq4j.trainer.data.batch.Batch;
import org.seq4j.trainer.objective.Objectives;
import org.seq4j.trainer.training.config.TrainingConfig;
import org.seq4j.trainer.training.graph.TrainingGraph;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.TensorFlow;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TFloat32;

/** Seq4j on TensorFlow. */
final class OursWorker implements Worker {
  private static final ComponentContext CONTEXT = new ComponentContext(Path.of("."));

  private static final String VERSION = TensorFlow.version();

  private final ConfigReader reader;
  private TrainingGraph training;
  private ModelGraph graph;
  private TokenPredictor predictor;
  private List<Batch> batches;
  private long step;

  private OursWorker() {
    ComponentRegistry registry = new PluginLoader().classPath();
    reader = new ConfigReader(registry);
  }

  public static void main(String[] arguments) throws IOException {
    Worker.serve(new OursWorker());
  }

  @Override
  public Reply answer(Request request) {
    return switch (request.call()) {
      case OPEN -> open(request);
      case TRAIN -> train();
      case DECODE -> decode(request);
      case PROFILE -> profile(request);
      case PEAK -> peak(request.threads());
    };
  }

  private Reply open(Request request) {
    Workload workload = request.workload();
    Seq2SeqModel model =
        new Seq2SeqModel(
            bind(request.architecture().config(workload), ModelConfig.class),
            workload.vocabulary,
            workload.vocabulary,
            CONTEXT);
    if (request.task() == Task.TRAIN) {
      TrainingConfig config =
          bind(
              String.format(
                  Locale.ROOT,
                  """
              optimizer: adam
              learning_rate: 0.001
              clip_norm: 0
              threads: %d
              micro_batches: %d
              precision: %s
              """,
                  request.threads(),
                  request.variant() == Variant.IN_TURN ? Variant.MICRO_BATCHES : 1,
                  request.variant() == Variant.BF16 ? "bf16" : "f32"),
              TrainingConfig.class);
      training =
          TrainingGraph.build(
              model,
              config.optimizer().create(CONTEXT),
              config,
              Objectives.of(config.objectives(), CONTEXT),
              1);
      Map<String, SafeTensors.Array> arrays = new LinkedHashMap<>(training.read());
      arrays.keySet().retainAll(training.parameters());
      write(request, arrays);
      batches = Examples.batches(workload, request.steps());
    } else {
      graph = new ModelGraph(1, request.threads());
      predictor =
          TokenPredictor.of(
              model, graph, request.variant() == Variant.BF16 ? Precision.BF16 : Precision.F32);
      graph.initialize();
      graph.assign(Weights.endless(graph.read()));
      Map<String, Shape> shapes = graph.parameters().shapes();
      Map<String, SafeTensors.Array> arrays = new LinkedHashMap<>();
      graph
          .read()
          .forEach(
              (path, values) ->
                  arrays.put(path, new SafeTensors.Array(shapes.get(path).asArray(), values)));
      write(request, arrays);
    }
    return Reply.of(VERSION, List.of(), List.of());
  }

  private <C extends Record> C bind(String yaml, Class<C> type) {
    return reader.bind(reader.parse(Path.of("benchmark.yaml"), yaml, List.of()), type);
  }

  private static void write(Request request, Map<String, SafeTensors.Array> arrays) {
    SafeTensors.write(
        Path.of(request.weights()), new SafeTensors.Content(arrays, new LinkedHashMap<>()));
  }

  private Reply train() {
    List<Double> milliseconds = new ArrayList<>();
    List<Double> losses = new ArrayList<>();
    for (Batch batch : batches) {
      step++;
      long start = System.nanoTime();
      TrainingGraph.Step made = training.step(step, batch);
      milliseconds.add((System.nanoTime() - start) / 1e6);
      losses.add(made.loss());
    }
    return Reply.of("", milliseconds, losses);
  }

  private Reply decode(Request request) {
    List<SequenceData> sources = Examples.sources(request.workload(), request.rows());
    // One token less than the peer makes: the search has one step more, in which it may only end.
    int[] limits = sources.stream().mapToInt(source -> source.length() - 1).toArray();
    SearchConfig search =
        request.beam() == 1 ? SearchConfig.greedy() : SearchConfig.beam(request.beam());
    List<Double> milliseconds = new ArrayList<>();
    List<Double> scores = List.of();
    for (int i = 0; i < request.steps(); i++) {
      long start = System.nanoTime();
      List<List<Hypothesis>> found = predictor.search(Sources.of(sources), limits, search, false);
      milliseconds.add((System.nanoTime() - start) / 1e6);
      scores = found.stream().map(best -> best.get(0).score()).toList();
    }
    return Reply.of("", milliseconds, scores);
  }

  /** The ops of all steps of a pass, or of decoding a batch. */
  private Reply profile(Request request) {
    boolean train = request.task() == Task.TRAIN;
    List<Double> milliseconds = (train ? train() : decode(request)).milliseconds();
    try (Profile profile = train ? training.profile() : graph.profile()) {
      int passes = (train ? train() : decode(request)).milliseconds().size();
      return Reply.of(ProfileTable.of(profile, passes), milliseconds, List.of());
    }
  }

  private static Reply peak(int threads) {
    int size = 1024;
    int products = 4;
    float[] values = new float[size * size];
    for (int i = 0; i < values.length; i++) {
      values[i] = (i % 7 - 3) / 64f;
    }
    List<Double> figures = new ArrayList<>();
    ConfigProto config =
        ConfigProto.newBuilder()
            .setIntraOpParallelismThreads(threads)
            .setInterOpParallelismThreads(1)
            .build();
    try (Graph graph = new Graph();
        Session session = new Session(graph, config);
        TFloat32 matrix = TFloat32.tensorOf(Shape.of(size, size), DataBuffers.of(values))) {
      Ops tf = GraphOps.of(graph);
      Placeholder<TFloat32> fed = tf.placeholder(TFloat32.class); // a constant would be folded
      Operand<TFloat32> product = fed;
      for (int i = 0; i < products; i++) {
        product = tf.linalg.matMul(product, fed);
      }
      for (int i = 0; i < 15; i++) {
        long start = System.nanoTime();
        session.runner().feed(fed, matrix).addTarget(product).run().close();
        figures.add(2.0 * products * size * size * size / (System.nanoTime() - start));
      }
    }
    return Reply.of(VERSION, List.of(), figures.subList(5, figures.size()));
  }
}
