package org.seq4j.runtime.translate;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.model.Decoder;
import org.seq4j.core.model.Encoder;
import org.seq4j.core.model.Memory;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.Components;
import org.seq4j.core.plugin.NoKeys;
import org.seq4j.core.plugin.Plugin;
import org.seq4j.core.text.Token;
import org.seq4j.core.text.Tokenizer;
import org.seq4j.runtime.RuntimePlugin;
import org.seq4j.runtime.graph.ModelGraph;
import org.seq4j.runtime.inference.TokenPredictor;
import org.seq4j.runtime.model.Seq2SeqModel;
import org.seq4j.runtime.plugin.ComponentRegistry;
import org.seq4j.runtime.run.LoadedRun;
import org.seq4j.runtime.run.RunDirectory;
import org.seq4j.runtime.text.CountedVocabulary;
import org.seq4j.runtime.text.VocabularyConfig;
import org.seq4j.runtime.weights.SafeTensors;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Writes the folder of a run whose model is as small as can be, at its first values. */
final class TinyRun {
  static final ComponentRegistry REGISTRY =
      ComponentRegistry.of(new RuntimePlugin(), new TinyPlugin());

  private static final String CONFIG =
      """
      source: {tokenizer: letters, max_length: 3}
      target: {tokenizer: letters}
      model: {embedding: {source: 2, target: 2}, encoder: passing, decoder: adding}
      search: {type: greedy, length: {max: 4}}
      """;

  private TinyRun() {}

  /** Writes it. */
  static void write(Path folder) throws IOException {
    RunDirectory run = new RunDirectory(folder);
    Files.createDirectories(folder);
    Files.writeString(run.config(), CONFIG);
    vocabulary(run.sourceVocabulary(), "a", "b", "c");
    vocabulary(run.targetVocabulary(), "x", "y");
    try (ModelGraph graph = new ModelGraph(1, 1)) {
      Seq2SeqModel model =
          new Seq2SeqModel(
              LoadedRun.readConfig(run, REGISTRY).model(), 7, 6, new ComponentContext(folder));
      build(model, graph);
      graph.initialize();
      Map<String, SafeTensors.Array> arrays = new HashMap<>();
      graph
          .read()
          .forEach(
              (path, values) -> {
                long[] shape = graph.parameters().shapes().get(path).asArray();
                arrays.put(path, new SafeTensors.Array(shape, values));
              });
      SafeTensors.write(run.bestCheckpoint(1), new SafeTensors.Content(arrays, Map.of()));
    }
  }

  @SuppressWarnings("unused") // what is built asks for the parameters
  private static void build(Seq2SeqModel model, ModelGraph graph) {
    TokenPredictor inference = TokenPredictor.of(model, graph);
  }

  private static void vocabulary(Path file, String... tokens) throws IOException {
    try (Writer writer = Files.newBufferedWriter(file)) {
      CountedVocabulary.counting().add(List.of(tokens)).build(VocabularyConfig.ALL).write(writer);
    }
  }

  private static final class TinyPlugin implements Plugin {
    @Override
    public int apiVersion() {
      return API_VERSION;
    }

    @Override
    public void register(Components components) {
      components.of(Tokenizer.class).add("letters", "", NoKeys.class, keys -> new Letters());
      components
          .of(Encoder.class)
          .add(
              "passing",
              "",
              NoKeys.class,
              keys -> (scope, source) -> new Memory(source, NamedTensors.EMPTY, 1));
      components.of(Decoder.class).add("adding", "", NoKeys.class, keys -> new Sum());
    }
  }

  private record Letters() implements Tokenizer {
    @Override
    public List<Token> tokenize(String text) {
      return IntStream.range(0, text.length())
          .mapToObj(i -> new Token(text.substring(i, i + 1), i, i + 1))
          .toList();
    }

    @Override
    public String detokenize(List<String> tokens) {
      return String.join("", tokens);
    }
  }

  /** Adds up its inputs. */
  private record Sum() implements Decoder {
    @Override
    public NamedTensors prepare(Scope scope, Memory memory) {
      return NamedTensors.of(
          "sum",
          scope.tf().reduceSum(memory.sequence().values(), scope.tf().constant(1))); // [B, D]
    }

    @Override
    public NamedTensors initialState(Scope scope, NamedTensors prepared) {
      return prepared;
    }

    @Override
    public Step step(
        Scope scope,
        NamedTensors prepared,
        Operand<TFloat32> input,
        Operand<TInt32> position,
        NamedTensors state) {
      Operand<TFloat32> sum = scope.tf().math.add(state.floats("sum"), input); // [B·K, D]
      return new Step(sum, state.with("sum", sum), Optional.empty(), NamedTensors.EMPTY);
    }
  }
}
