package org.seq4j.runtime.run;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.graph.Shapes;
import org.seq4j.core.text.Vocabulary;
import org.seq4j.runtime.codec.TextCodec;
import org.seq4j.runtime.error.RequestException;
import org.seq4j.runtime.graph.ModelGraph;
import org.seq4j.runtime.graph.function.GraphOps;
import org.seq4j.runtime.inference.InGraphBeamSearch;
import org.seq4j.runtime.io.AtomicFiles;
import org.seq4j.runtime.io.RunException;
import org.seq4j.runtime.model.Seq2SeqModel;
import org.seq4j.runtime.model.batch.TokenBatch;
import org.seq4j.runtime.plugin.ComponentRegistry;
import org.seq4j.runtime.search.SearchConfig;
import org.seq4j.runtime.text.CountedVocabulary;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.SessionFunction;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.strings.ReduceJoin;
import org.tensorflow.op.strings.StringSplit;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;

/**
 * Writes TensorFlow SavedModels with the whole search in the graph. There are two signatures:
 *
 * <ul>
 *   <li>{@code serving_default}: {@code text} {@code [B]}, the source tokens separated by white
 *       space, to {@code text} {@code [B]}, the target tokens separated by spaces, and {@code
 *       score} {@code [B]}, the natural logarithms of their probabilities. Sources are truncated to
 *       the maximum length; a source without tokens has an empty target. Tokens of a side with
 *       {@code reversed} are in reverse order.
 *   <li>{@code ids}: {@code ids} {@code [B, S]} and {@code lengths} {@code [B]}, 32-bit integers,
 *       to {@code ids} {@code [B, T]}, {@code lengths} {@code [B]} and {@code score}.
 * </ul>
 *
 * <p>The vocabularies are in {@code assets.extra}, one token per line.
 */
public final class SavedModel {
  /** Upper bound of token hashes; collisions are negligible at this size. */
  private static final long HASHES = 1L << 62;

  private static final String PREDICT = "tensorflow/serving/predict";

  private SavedModel() {}

  /**
   * Writes a SavedModel.
   *
   * @param checkpoint file of the checkpoint
   * @param search configuration of the search
   * @param folder folder of the SavedModel; it must not exist
   * @throws RunException if a file of the run is damaged, or the folder cannot be written
   * @throws RequestException if the search or the model is not supported in a graph
   */
  public static void write(
      RunDirectory run,
      Path checkpoint,
      ComponentRegistry registry,
      SearchConfig search,
      Path folder) {
    RunParts parts = RunParts.read(run, checkpoint, registry);
    if (parts.source().isAbsent()) {
      throw new RequestException(
          "a language model has no search for a saved-model: export its weights");
    }
    if (!(parts.source() instanceof TextCodec read)
        || !(parts.target() instanceof TextCodec written)) {
      throw new RequestException(
          "the search of a saved-model needs tokens on both sides, not vectors");
    }
    if (Files.exists(folder)) {
      throw new RunException(folder + " already exists; name a new folder");
    }
    try (ModelGraph graph = new ModelGraph(0, 0)) {
      Scope scope = graph.scope(false);
      List<Signature> signatures = signatures(scope, parts.model(), read, written, search);
      graph.initialize();
      LoadedRun.assign(graph, parts.weights(), checkpoint);
      SavedModelBundle.exporter(folder.toString())
          .withFunctions(
              signatures.stream()
                  .map(signature -> SessionFunction.create(signature, graph.session()))
                  .toArray(SessionFunction[]::new))
          .export();
      vocabulary(folder, "source.vocabulary", read.vocabulary());
      vocabulary(folder, "target.vocabulary", written.vocabulary());
    } catch (IOException e) {
      throw new RunException("cannot write " + folder + ": " + AtomicFiles.reason(e), e);
    }
  }

  private static void vocabulary(Path folder, String name, CountedVocabulary vocabulary)
      throws IOException {
    Path assets = Files.createDirectories(folder.resolve("assets.extra"));
    try (Writer writer = Files.newBufferedWriter(assets.resolve(name), StandardCharsets.UTF_8)) {
      vocabulary.write(writer);
    }
  }

  /**
   * Creates both signatures from the same ops: ids and lengths can be fed instead of those of
   * texts.
   */
  private static List<Signature> signatures(
      Scope scope, Seq2SeqModel model, TextCodec source, TextCodec target, SearchConfig search) {
    Ops tf = scope.tf();
    long any = Shape.UNKNOWN_SIZE;
    Placeholder<TString> texts = tf.placeholder(TString.class, Placeholder.shape(Shape.of(any)));
    TokenBatch ofTexts = read(tf, texts, source);
    Operand<TInt32> ids = tf.placeholderWithDefault(ofTexts.ids(), Shape.of(any, any));
    Operand<TInt32> lengths = tf.placeholderWithDefault(ofTexts.lengths(), Shape.of(any));
    InGraphBeamSearch found =
        InGraphBeamSearch.of(scope, model, new TokenBatch(ids, lengths), search);
    Operand<TBool> isRead = tf.math.greater(lengths, tf.constant(0)); // [B]
    Operand<TFloat32> scores = tf.select(isRead, found.scores(), tf.constant(0f));
    return List.of(
        Signature.builder()
            .key(Signature.DEFAULT_KEY)
            .methodName(PREDICT)
            .input("text", texts)
            .output(
                "text", tf.select(isRead, join(tf, found, target.vocabulary()), tf.constant("")))
            .output("score", scores)
            .build(),
        Signature.builder()
            .key("ids")
            .methodName(PREDICT)
            .input("ids", ids)
            .input("lengths", lengths)
            .output("ids", tf.identity(found.tokens()))
            .output("lengths", tf.identity(found.lengths()))
            .output("score", scores)
            .build());
  }

  /** Splits texts at white space and finds tokens by their hashes. */
  private static TokenBatch read(Ops tf, Operand<TString> texts, TextCodec source) {
    StringSplit cut = tf.strings.stringSplit(texts, tf.constant(""));
    Operand<TInt64> column = tf.gather(cut.indices(), tf.constant(1), tf.constant(1)); // [n]
    Operand<TBool> kept = tf.math.less(column, tf.constant((long) source.maxLength()));
    Operand<TInt64> places = tf.booleanMask(cut.indices(), kept); // [n, 2]
    Operand<TInt32> ids = lookUp(tf, tf.booleanMask(cut.values(), kept), source.vocabulary());
    Operand<TInt32> count = Shapes.size(tf, texts, 0);
    Operand<TInt32> rows =
        tf.dtypes.cast(tf.gather(places, tf.constant(0), tf.constant(1)), TInt32.class);
    Operand<TInt32> lengths = tf.math.unsortedSegmentSum(tf.onesLike(rows), rows, count); // [B]
    Operand<TInt32> width =
        tf.math.maximum(
            tf.reduceMax(
                tf.concat(List.of(lengths, tf.constant(new int[] {1})), tf.constant(0)),
                tf.constant(0)),
            tf.constant(1));
    Operand<TInt64> shape = tf.dtypes.cast(tf.stack(List.of(count, width)), TInt64.class);
    Operand<TInt32> padded =
        tf.sparse.sparseToDense(places, shape, ids, tf.constant(Vocabulary.PAD));
    return new TokenBatch(padded, lengths);
  }

  /** Looks up the ids of tokens; unknown tokens get the id of the unknown token. */
  private static Operand<TInt32> lookUp(
      Ops tf, Operand<TString> tokens, CountedVocabulary vocabulary) {
    List<Known> known = hashes(vocabulary);
    Operand<TInt64> hashes =
        tf.constant(known.stream().mapToLong(Known::hash).toArray()); // sorted, [V]
    Operand<TInt32> ids = tf.constant(known.stream().mapToInt(Known::id).toArray());
    Operand<TInt64> wanted = tf.strings.toHashBucketFast(tokens, HASHES); // [n]
    Operand<TInt32> place =
        tf.math.minimum(
            tf.reshape(
                tf.lowerBound(
                    tf.expandDims(hashes, tf.constant(0)), tf.expandDims(wanted, tf.constant(0))),
                tf.constant(new int[] {-1})),
            tf.constant(known.size() - 1));
    return tf.select(
        tf.math.equal(tf.gather(hashes, place, tf.constant(0)), wanted),
        tf.gather(ids, place, tf.constant(0)),
        tf.constant(Vocabulary.UNKNOWN));
  }

  private static Operand<TString> strings(Ops tf, List<String> texts) {
    try (TString tensor = TString.vectorOf(texts.toArray(String[]::new))) {
      return tf.constantOf(tensor);
    }
  }

  private record Known(long hash, int id) {}

  /** Computes the hashes with the op that the graph uses. */
  private static List<Known> hashes(CountedVocabulary vocabulary) {
    List<String> tokens = new ArrayList<>();
    List<Integer> ids = new ArrayList<>();
    for (int id = 0; id < vocabulary.size(); id++) {
      if (vocabulary.id(vocabulary.token(id)) == id) {
        tokens.add(vocabulary.token(id));
        ids.add(id);
      }
    }
    List<Known> known = new ArrayList<>();
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = GraphOps.of(graph);
      Operand<TInt64> hashed = tf.strings.toHashBucketFast(strings(tf, tokens), HASHES);
      try (Result result = session.runner().fetch(hashed).run()) {
        TInt64 hashes = (TInt64) result.get(0);
        for (int i = 0; i < ids.size(); i++) {
          known.add(new Known(hashes.getLong(i), ids.get(i)));
        }
      }
    }
    known.sort(Comparator.comparingLong(Known::hash));
    for (int i = 1; i < known.size(); i++) {
      if (known.get(i).hash() == known.get(i - 1).hash()) {
        throw new RequestException(
            "two source tokens have the same hash: "
                + vocabulary.token(known.get(i).id())
                + " and "
                + vocabulary.token(known.get(i - 1).id()));
      }
    }
    return known;
  }

  /** Joins tokens with spaces. */
  private static Operand<TString> join(
      Ops tf, InGraphBeamSearch found, CountedVocabulary vocabulary) {
    List<String> tokens = new ArrayList<>();
    for (int id = 0; id < vocabulary.size(); id++) {
      tokens.add(vocabulary.token(id));
    }
    Operand<TInt32> places =
        tf.range(tf.constant(0), Shapes.size(tf, found.tokens(), 1), tf.constant(1)); // [T]
    Operand<TBool> real =
        tf.math.less(places, tf.expandDims(found.lengths(), tf.constant(1))); // [B, T]
    Operand<TString> named =
        tf.select(
            real, tf.gather(strings(tf, tokens), found.tokens(), tf.constant(0)), tf.constant(""));
    return tf.strings.strip(
        tf.strings.reduceJoin(named, tf.constant(1), ReduceJoin.separator(" ")));
  }
}
