package org.seq4j.runtime.inference;

import java.util.List;
import org.seq4j.core.graph.Loop;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.graph.Shapes;
import org.seq4j.core.text.Vocabulary;
import org.seq4j.runtime.model.Seq2SeqModel;
import org.seq4j.runtime.model.TokenTarget;
import org.seq4j.runtime.model.batch.TokenBatch;
import org.seq4j.runtime.model.output.BestTokens;
import org.seq4j.runtime.search.LengthConfig;
import org.seq4j.runtime.search.SearchConfig;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.nn.TopK;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;

/**
 * The loop of a beam search in a graph. Its state has K rows per source, each with the tokens of a
 * hypothesis so far and the best finished hypothesis of the source.
 */
final class InGraphBeam {
  private static final float NEVER = Float.NEGATIVE_INFINITY;

  private final Scope scope;
  private final Ops tf;
  private final Seq2SeqModel model;
  private final TokenTarget target;
  private final SearchConfig config;
  private final int beam;
  private final boolean greedy;
  private final InGraphRanking ranking;

  InGraphBeam(Scope scope, Seq2SeqModel model, SearchConfig config) {
    this.scope = scope;
    this.tf = scope.tf();
    this.model = model;
    this.target = model.tokenTarget().orElseThrow();
    this.config = config;
    this.greedy = config.type() == SearchConfig.Type.GREEDY;
    this.beam = greedy ? 1 : config.size();
    this.ranking = new InGraphRanking(config.ranking());
  }

  InGraphBeamSearch run(TokenBatch sources) {
    NamedTensors prepared = model.prepare(scope, model.encode(scope, sources), sources);
    Operand<TInt32> count = Shapes.size(tf, sources.lengths(), 0); // B
    Operand<TInt32> rows = tf.math.mul(count, tf.constant(beam)); // N = B·K
    Operand<TInt32> ofRow = // source of each row
        tf.math.div(tf.range(tf.constant(0), rows, tf.constant(1)), tf.constant(beam));
    Operand<TInt32> most = lengths(sources.lengths(), config.length().maxRatio(), true);
    Operand<TInt32> least =
        tf.math.minimum(lengths(sources.lengths(), config.length().minRatio(), false), most);
    Operand<TInt32> longest =
        tf.math.maximum(tf.reduceMax(most, tf.constant(0)), tf.constant(1)); // T
    Operand<TInt32> steps = tf.math.add(longest, tf.constant(1));
    Operand<TInt32> nothing = tf.fill(tf.stack(List.of(rows, longest)), tf.constant(0));
    Operand<TFloat32> never = tf.fill(tf.expandDims(rows, tf.constant(0)), tf.constant(NEVER));
    Operand<TInt32> isFirst =
        tf.math.mod(tf.range(tf.constant(0), rows, tf.constant(1)), tf.constant(beam));
    NamedTensors initial =
        NamedTensors.of(
                "token",
                tf.fill(tf.expandDims(rows, tf.constant(0)), tf.constant(Vocabulary.BEGIN)))
            .with( // all rows of a source are equal: only the first one may continue
                "score",
                tf.select(tf.math.equal(isFirst, tf.constant(0)), tf.zerosLike(never), never))
            .with("said", nothing)
            .with("best_rank", never)
            .with("best_score", never)
            .with("best_length", tf.zerosLike(ofRow))
            .with("best_said", nothing)
            .with("cut_score", tf.zerosLike(never))
            .with("cut_said", nothing)
            .with(
                "decoder",
                model.initialState(scope, prepared).map(state -> repeated(tf, state, ofRow)));
    NamedTensors constants =
        NamedTensors.of("of_row", ofRow)
            .with("most", tf.gather(most, ofRow, tf.constant(0)))
            .with("least", tf.gather(least, ofRow, tf.constant(0)))
            .with("prepared", prepared);
    NamedTensors last = scope.whileLoop(constants, steps, initial, this::loopStep);
    Operand<TInt32> firsts = tf.range(tf.constant(0), rows, tf.constant(beam)); // [B]
    Operand<TFloat32> rank = tf.gather(last.floats("best_rank"), firsts, tf.constant(0));
    Operand<TBool> ended = tf.math.greater(rank, tf.constant(NEVER));
    return new InGraphBeamSearch(
        tf.select(
            tf.expandDims(ended, tf.constant(1)),
            tf.gather(last.ints("best_said"), firsts, tf.constant(0)),
            tf.gather(last.ints("cut_said"), firsts, tf.constant(0))),
        tf.select(ended, tf.gather(last.ints("best_length"), firsts, tf.constant(0)), most),
        tf.select(
            ended,
            tf.gather(last.floats("best_score"), firsts, tf.constant(0)),
            tf.gather(last.floats("cut_score"), firsts, tf.constant(0))));
  }

  /** Computes lengths like {@link LengthConfig#maxFor} and {@link LengthConfig#minFor}. */
  private Operand<TInt32> lengths(Operand<TInt32> source, double ratio, boolean largest) {
    if (largest && config.length().max().isPresent()) {
      return tf.math.add(tf.zerosLike(source), tf.constant(config.length().max().get()));
    }
    Operand<TFloat32> scaled =
        tf.math.mul(tf.dtypes.cast(source, TFloat32.class), tf.constant((float) ratio));
    return largest
        ? tf.math.add(
            tf.dtypes.cast(tf.math.floor(scaled), TInt32.class),
            tf.constant(config.length().maxExtra()))
        : tf.math.maximum(
            tf.dtypes.cast(tf.math.ceil(scaled), TInt32.class), tf.constant(config.length().min()));
  }

  private static <T extends TType> Operand<T> repeated(Ops tf, Operand<T> x, Operand<TInt32> rows) {
    return tf.gather(x, rows, tf.constant(0));
  }

  private Loop.WhileOutput loopStep(
      Scope inner, NamedTensors given, Operand<TInt32> time, NamedTensors state) {
    NamedTensors next = step(inner, given, time, state);
    Ops ops = inner.tf();
    Operand<TInt32> rows = Shapes.size(ops, next.floats("score"), 0);
    Operand<TInt32> firsts = // best live row of each source
        ops.range(ops.constant(0), rows, ops.constant(beam));
    Operand<TFloat32> found = ops.gather(next.floats("best_rank"), firsts, ops.constant(0));
    Operand<TFloat32> live = ops.gather(next.floats("score"), firsts, ops.constant(0));
    Operand<TInt32> most = ops.gather(given.ints("most"), firsts, ops.constant(0));
    Operand<TBool> done = // no live hypothesis can rank above the best finished one
        ops.math.logicalOr(
            ops.math.greaterEqual(time, most),
            greedy
                ? ops.math.greater(found, ops.constant(NEVER))
                : ops.math.greaterEqual(found, ranking.bound(ops, live, most)));
    return new Loop.WhileOutput(next, ops.math.logicalNot(ops.reduceAll(done, ops.constant(0))));
  }

  private NamedTensors step(
      Scope inner, NamedTensors given, Operand<TInt32> time, NamedTensors state) {
    Ops ops = inner.tf();
    NamedTensors before = state.under("decoder");
    NamedTensors prepared = given.under("prepared");
    TokenTarget.Step step = target.step(inner, prepared, state.ints("token"), time, before);
    Operand<TFloat32> total = // [N, V]
        ops.math.add(
            BestTokens.allowed(ops, step.logProbabilities()),
            ops.expandDims(state.floats("score"), ops.constant(1)));
    int vocabulary = Math.toIntExact(model.target().tokens());
    Operand<TFloat32> end =
        ops.select(
            ops.math.less(time, given.ints("least")),
            ops.constant(NEVER),
            ops.gather(total, ops.constant(Vocabulary.END), ops.constant(1))); // [N]
    TopK<TFloat32, TInt32> best =
        ops.nn.topK(
            ops.reshape(
                ops.nn.biasAdd(total, ops.constant(banned(vocabulary))),
                ops.constant(new int[] {-1, beam * vocabulary})),
            ops.constant(beam),
            TInt32.class); // [B, K]
    Operand<TInt32> sources = Shapes.size(ops, best.values(), 0);
    Operand<TInt32> firsts = // first row of each source, [B]
        ops.math.mul(ops.range(ops.constant(0), sources, ops.constant(1)), ops.constant(beam));
    Operand<TInt32> parent = ops.math.div(best.indices(), ops.constant(vocabulary));
    Operand<TInt32> token =
        flat(
            ops,
            ops.math.sub(best.indices(), ops.math.mul(parent, ops.constant(vocabulary)))); // [N]
    Operand<TInt32> parents =
        flat(ops, ops.math.add(parent, ops.expandDims(firsts, ops.constant(1)))); // [N]

    NamedTensors next = finish(ops, state, given, time, end, best, firsts);
    Operand<TInt32> said =
        written(ops, ops.gather(state.ints("said"), parents, ops.constant(0)), time, token);
    Operand<TFloat32> score =
        ops.select(
            ops.math.less(time, given.ints("most")), flat(ops, best.values()), ops.constant(NEVER));
    NamedTensors decoder = step.state().inOrderOf(before);
    if (beam > 1) { // otherwise each row continues itself
      decoder = decoder.map(tensor -> repeated(ops, tensor, parents));
    }
    return next.with("token", token)
        .with("score", score)
        .with("said", said)
        .with("decoder", decoder)
        .inOrderOf(state);
  }

  /** Updates the best finished hypotheses, and the hypotheses cut at the maximum length. */
  private NamedTensors finish(
      Ops ops,
      NamedTensors state,
      NamedTensors given,
      Operand<TInt32> time,
      Operand<TFloat32> end,
      TopK<TFloat32, TInt32> best,
      Operand<TInt32> firsts) {
    Operand<TInt32> ofRow = given.ints("of_row");
    Operand<TFloat32> last = // worst continuation that is kept: an end token below it is not taken
        ops.gather(
            ops.gather(best.values(), ops.constant(beam - 1), ops.constant(1)),
            ofRow,
            ops.constant(0)); // [N]
    Operand<TBool> taken =
        ops.math.logicalAnd(
            ops.math.greaterEqual(end, last), ops.math.lessEqual(time, given.ints("most")));
    Operand<TFloat32> ranks =
        ops.reshape(
            ops.select(taken, greedy ? end : ranking.rank(ops, end, time), ops.constant(NEVER)),
            ops.constant(new int[] {-1, beam})); // [B, K]
    Operand<TInt32> row = // row of the best end of each source, for each of its rows
        ops.gather(
            ops.math.add(ops.math.argMax(ranks, ops.constant(1), TInt32.class), firsts),
            ofRow,
            ops.constant(0)); // [N]
    Operand<TFloat32> rank = ops.gather(flat(ops, ranks), row, ops.constant(0)); // [N]
    Operand<TBool> better = ops.math.greater(rank, state.floats("best_rank"));
    Operand<TBool> wide = ops.expandDims(better, ops.constant(1));
    Operand<TBool> full = ops.math.equal(time, given.ints("most"));
    Operand<TInt32> first = ops.gather(firsts, ofRow, ops.constant(0)); // [N]
    Operand<TInt32> said = state.ints("said");
    return NamedTensors.of("best_rank", ops.select(better, rank, state.floats("best_rank")))
        .with(
            "best_score",
            ops.select(better, ops.gather(end, row, ops.constant(0)), state.floats("best_score")))
        .with("best_length", ops.select(better, time, state.ints("best_length")))
        .with(
            "best_said",
            ops.select(wide, ops.gather(said, row, ops.constant(0)), state.ints("best_said")))
        .with(
            "cut_score",
            ops.select(
                full,
                ops.gather(state.floats("score"), first, ops.constant(0)),
                state.floats("cut_score")))
        .with(
            "cut_said",
            ops.select(
                ops.expandDims(full, ops.constant(1)),
                ops.gather(said, first, ops.constant(0)),
                state.ints("cut_said")));
  }

  private static float[] banned(int vocabulary) {
    float[] banned = new float[vocabulary];
    banned[Vocabulary.END] = NEVER;
    return banned;
  }

  private static <T extends TType> Operand<T> flat(Ops ops, Operand<T> x) {
    return ops.reshape(x, ops.constant(new int[] {-1}));
  }

  /** Writes a token at a step into the tokens so far, {@code [N, T]}. */
  private static Operand<TInt32> written(
      Ops ops, Operand<TInt32> said, Operand<TInt32> time, Operand<TInt32> token) {
    Operand<TInt32> places =
        ops.range(ops.constant(0), Shapes.size(ops, said, 1), ops.constant(1)); // [T]
    return ops.select(ops.math.equal(places, time), ops.expandDims(token, ops.constant(1)), said);
  }
}
