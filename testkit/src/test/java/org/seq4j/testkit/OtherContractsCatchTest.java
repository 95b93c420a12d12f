package org.seq4j.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import java.util.Iterator;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.layers.AttentionMemory;
import org.seq4j.core.layers.Normalizer;
import org.seq4j.core.metric.Metric;
import org.seq4j.core.model.AttentionMechanism;
import org.seq4j.core.model.AttentionOutput;
import org.seq4j.core.model.Cell;
import org.seq4j.core.model.Encoder;
import org.seq4j.core.model.Memory;
import org.seq4j.core.model.OutputLayer;
import org.seq4j.core.model.Sequence;
import org.seq4j.core.model.StatelessAttention;
import org.seq4j.core.model.TokenOutput;
import org.seq4j.core.search.SearchConstraint;
import org.seq4j.core.text.TokenizerTrainer;
import org.seq4j.core.training.LearningRateSchedule;
import org.seq4j.core.training.Optimizer;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.train.BatchMatMul;
import org.tensorflow.types.TFloat32;

/** Broken components of the smaller kinds are caught, and what tests of one graph do not see. */
final class OtherContractsCatchTest {
  private static void catches(ThrowingCallable test, String... words) {
    var failure = assertThatThrownBy(test);
    for (String word : words) {
      failure.hasMessageContaining(word);
    }
  }

  /**
   * A field that is set in prepare and read in attend, or a context without its axis of queries.
   */
  private static final class Wrong implements StatelessAttention {
    private final String fault;
    private Operand<TFloat32> keys;

    Wrong(String fault) {
      this.fault = fault;
    }

    @Override
    public NamedTensors prepare(Scope scope, Memory memory, long queryDepth) {
      AttentionMemory prepared = AttentionMemory.of(scope.tf(), memory);
      keys = scope.linear("key", queryDepth, false, prepared.values());
      return prepared.withKeys(keys).tensors();
    }

    @Override
    public AttentionOutput attend(Scope scope, NamedTensors prepared, Operand<TFloat32> query) {
      Ops tf = scope.tf();
      AttentionMemory memory = AttentionMemory.of(prepared);
      Operand<TFloat32> read = fault.equals("kept") ? keys : memory.keys();
      Operand<TFloat32> scores =
          tf.train.batchMatMul(query, read, TFloat32.class, BatchMatMul.adjY(true));
      AttentionOutput right = memory.mean(tf, scores, Normalizer.SOFTMAX);
      return switch (fault) {
        case "rank" ->
            new AttentionOutput(tf.math.mean(right.context(), tf.constant(1)), right.weights());
        case "double" ->
            new AttentionOutput(right.context(), tf.math.mul(right.weights(), tf.constant(2f)));
        default -> right;
      };
    }
  }

  private static AttentionContract attention(String fault, AttentionContract.WeightSum sum) {
    return new AttentionContract() {
      @Override
      protected AttentionMechanism attention() {
        return new Wrong(fault);
      }

      @Override
      protected WeightSum weightSum() {
        return sum;
      }
    };
  }

  @Test
  void anAttentionThatKeepsAnOperand() {
    catches(
        () -> attention("kept", AttentionContract.WeightSum.ONE).isBuiltIntoSeveralGraphs(),
        "keep no operand in a field");
  }

  @Test
  void aContextWithoutQueries() {
    catches(
        () -> attention("rank", AttentionContract.WeightSum.ONE).shapesAreAsTheInterfaceSays(),
        "the context of an attention has the shape",
        "expected [B, Q, D], 3 axes");
  }

  @Test
  void weightsThatSumToTwoUnlessThatIsSaid() {
    catches(
        () ->
            attention("double", AttentionContract.WeightSum.ONE)
                .weightsAreOfRealPositionsAndSumAsSaid(),
        "return another WeightSum from weightSum()");
    attention("double", AttentionContract.WeightSum.ANY).weightsAreOfRealPositionsAndSumAsSaid();
  }

  @Test
  void anEncoderThatKeepsAnOperand() {
    EncoderContract contract =
        new EncoderContract() {
          @Override
          protected Encoder encoder() {
            return new Encoder() {
              private Operand<TFloat32> once;

              @Override
              public Memory encode(Scope scope, Sequence source) {
                once = once == null ? scope.tf().constant(2f) : once;
                Operand<TFloat32> values =
                    scope.tf().math.mul(scope.linear("l", 3, true, source.values()), once);
                return new Memory(new Sequence(values, source.lengths()), NamedTensors.EMPTY, 1);
              }
            };
          }
        };
    catches(contract::isBuiltIntoSeveralGraphs, "keep no operand in a field");
  }

  @Test
  void anEncoderOfAnotherStride() {
    EncoderContract contract =
        new EncoderContract() {
          @Override
          protected Encoder encoder() {
            return (scope, source) -> new Memory(source, NamedTensors.EMPTY, 2);
          }
        };
    catches(contract::shapesAreAsTheInterfaceSays, "the shape of the memory, [B, S / stride, D]");
  }

  private static OptimizerContract optimizer(Optimizer optimizer) {
    return new OptimizerContract() {
      @Override
      protected Optimizer optimizer() {
        return optimizer;
      }
    };
  }

  /** A Lion (Chen et al. 2023) that computes its update and assigns nothing. */
  private record Asleep() implements Optimizer {
    @Override
    public double defaultLearningRate() {
      return 1e-2;
    }

    @Override
    public Op update(Ops tf, Update update) {
      Operand<TFloat32> sign = tf.math.sign(tf.math.add(update.gradient(), update.slot("m")));
      return tf.math.sub(update.variable(), tf.math.mul(sign, update.learningRate()));
    }
  }

  /** One that goes up. */
  private record Upwards() implements Optimizer {
    @Override
    public double defaultLearningRate() {
      return 1e-2;
    }

    @Override
    public Op update(Ops tf, Update update) {
      return tf.assignAdd(update.variable(), tf.math.mul(update.gradient(), update.learningRate()));
    }
  }

  @Test
  void optimizersThatMoveNothingOrUpwards() {
    catches(
        () -> optimizer(new Asleep()).movesTowardsTheMinimum(),
        "update must return the op that assigns the new value");
    catches(() -> optimizer(new Upwards()).movesTowardsTheMinimum(), "which must fall");
  }

  @Test
  void cellsThatForgetOrNameAnotherState() {
    Cell forgetful = cell("hidden", false);
    catches(() -> contract(forgetful).theStateMatters(), "remembers nothing");
    catches(
        () -> contract(cell("other", true)).theStateHasItsNamesAndShapes(),
        "must be those of stateNames()");
  }

  private static CellContract contract(Cell cell) {
    return new CellContract() {
      @Override
      protected Cell cell() {
        return cell;
      }
    };
  }

  private static Cell cell(String returned, boolean remembers) {
    return new Cell() {
      @Override
      public List<String> stateNames() {
        return List.of("hidden");
      }

      @Override
      public NamedTensors step(
          Scope scope,
          long units,
          List<Operand<TFloat32>> inputs,
          Operand<TFloat32> recurrent,
          NamedTensors state) {
        List<Operand<TFloat32>> read =
            remembers ? List.of(inputs.get(0), recurrent) : List.of(inputs.get(0));
        return NamedTensors.of(
            returned, scope.tf().math.tanh(scope.linear("l", units, true, read)));
      }
    };
  }

  @Test
  void anOutputThatIsNoDistribution() {
    OutputContract contract =
        new OutputContract() {
          @Override
          protected OutputLayer output() {
            return (TokenOutput)
                (scope, features, tokens) -> scope.linear("p", tokens.size(), true, features);
          }
        };
    catches(contract::probabilitiesSumToOne, "return logarithms of a distribution");
  }

  @Test
  void aScheduleThatCounts() {
    ScheduleContract contract =
        new ScheduleContract() {
          @Override
          protected LearningRateSchedule schedule() {
            int[] calls = new int[1];
            return progress -> 1.0 / ++calls[0];
          }
        };
    catches(contract::itHasNoState, "a schedule is a function of the progress");
  }

  @Test
  void aMetricThatIsNotANumberForAnEmptyAnswer() {
    MetricContract contract =
        new MetricContract() {
          @Override
          protected Metric metric() {
            return new Metric() {
              @Override
              public Score score(List<Sample> samples) {
                double length = samples.get(0).hypothesis().tokens().size();
                return new Score(0 * (1 / length), "0");
              }

              @Override
              public boolean higherIsBetter() {
                return true;
              }
            };
          }
        };
    catches(contract::everyAnswerHasAScore, "the score of ");
    catches(contract::rightAnswersAreBetterThanWrongOnes, "compared with that of wrong ones");
  }

  @Test
  void aRuleThatForbidsWhatIsNoToken() {
    ConstraintContract contract =
        new ConstraintContract() {
          @Override
          protected SearchConstraint constraint() {
            return source -> (prefix, next) -> next.forbid(source.target().size());
          }
        };
    catches(contract::rulesNameTokensThatExist, "see Vocabulary.id");
  }

  @Test
  void aTrainerThatWritesTheTime() {
    TokenizerTrainerContract contract =
        new TokenizerTrainerContract() {
          @Override
          protected TokenizerTrainer trainer() {
            return (Iterator<String> lines, OutputStream output) ->
                output.write(Long.toString(System.nanoTime()).getBytes(UTF_8));
          }
        };
    catches(contract::equalLinesGiveEqualFiles, "the file of the same lines again");
  }
}
