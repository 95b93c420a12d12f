package org.seq4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seq4j.runtime.run.RunDirectory;
import org.seq4j.testkit.PluginSources;

/** A fault in a plugin is told to its author: component, jar, class and line, never as ours. */
@Timeout(300)
final class PluginFaultTest {
  private static final String IMPORTS =
      """
      import java.util.*;
      import org.seq4j.core.graph.*;
      import org.seq4j.core.layers.*;
      import org.seq4j.core.metric.*;
      import org.seq4j.core.model.*;
      import org.seq4j.core.search.*;
      import org.seq4j.core.training.*;
      import org.tensorflow.Operand;
      import org.tensorflow.op.Op;
      import org.tensorflow.op.Ops;
      import org.tensorflow.ndarray.Shape;
      import org.tensorflow.types.*;
      """;

  private static final String ATTENTION =
      IMPORTS
          + """
          public class Attention implements StatelessAttention {
            private final String fault;
            private Operand<TFloat32> kept;

            Attention(AcmePlugin.Config config) {
              fault = config.fault();
              if (fault.equals("create")) {
                Objects.requireNonNull(null, "the licence");
              }
            }

            @Override
            public NamedTensors prepare(Scope scope, Memory memory, long queryDepth) {
              AttentionMemory prepared = AttentionMemory.of(scope.tf(), memory);
              Operand<TFloat32> keys = scope.linear("key", queryDepth, false, prepared.values());
              kept = keys;
              if (fault.equals("training") && scope.training()) {
                scope.tf().math.mul(keys, scope.parameter("extra", Shape.scalar(), Initializer.ZEROS));
                keys = scope.tf().math.add(keys, scope.parameter("extra", Shape.scalar(), Initializer.ZEROS));
              }
              return prepared.withKeys(keys).tensors();
            }

            @Override
            public AttentionOutput attend(Scope scope, NamedTensors prepared, Operand<TFloat32> query) {
              Ops tf = scope.tf();
              AttentionMemory memory = AttentionMemory.of(prepared);
              Operand<TFloat32> keys = fault.equals("kept") ? kept : memory.keys();
              Operand<TFloat32> scores =
                  tf.train.batchMatMul(query, keys, TFloat32.class, org.tensorflow.op.train.BatchMatMul.adjY(true));
              AttentionOutput right = memory.mean(tf, scores, Normalizer.SOFTMAX);
              switch (fault) {
                case "throws": throw new IllegalStateException("no licence");
                case "nothing": return null;
                case "null-context": return new AttentionOutput(null, right.weights());
                case "rank": return new AttentionOutput(tf.math.mean(right.context(), tf.constant(1)), right.weights());
                case "depth": return new AttentionOutput(
                    tf.reshape(right.context(), tf.placeholderWithDefault(tf.constant(new int[] {1, 1, 4}), Shape.of(3))), right.weights());
                case "unused": scope.parameter("forgotten", Shape.of(3), Initializer.ZEROS); return right;
                default: return right;
              }
            }
          }
          """;

  private static final String PLUGIN =
      IMPORTS
          + """
          public class AcmePlugin implements Plugin {
            public record Wrong(@Key(doc = "A number.", defaultValue = "many") int number) {}
            public record Failing(@Key(doc = "A number.", defaultValue = "1") int number) {
              public Failing { Objects.requireNonNull(null, "the licence"); }
            }
            public record Config(@Key(doc = "What is wrong.", defaultValue = "none") String fault) {}

            public int apiVersion() { return API_VERSION; }

            public void register(Components components) {
              components.of(AttentionMechanism.class)
                  .add("acme", "Faulty.", Config.class, Attention::new)
                  .add("nothing", "Made as null.", NoKeys.class, keys -> null);
              components.of(Cell.class)
                  .add("wrong", "A wrong default.", Wrong.class, keys -> null)
                  .add("failing", "Cannot be configured.", Failing.class, keys -> null);
              components.of(Metric.class).add("score", "Faulty.", Config.class, Score::new);
              components.of(Optimizer.class).add("lazy", "Moves nothing.", NoKeys.class, keys -> new Lazy());
              components.of(SearchConstraint.class)
                  .add("nowhere", "Forbids what is not.", NoKeys.class, keys -> source -> (prefix, next) -> next.forbid(9999));
              components.of(Encoder.class).add("strided", "Wrong stride.", NoKeys.class, keys -> new Strided());
            }

            record Score(Config config) implements Metric {
              public Score score(List<Sample> samples) {
                if (config.fault().equals("throws") || (config.fault().equals("later") && samples.size() > 8)) {
                  throw new ArithmeticException("/ by zero");
                }
                return new Score(config.fault().equals("nan") ? Double.NaN : 1, "1");
              }
              public boolean higherIsBetter() { return true; }
            }

            record Lazy() implements Optimizer {
              public double defaultLearningRate() { return 0.1; }
              public Op update(Ops tf, Update update) {
                return tf.math.mul(update.gradient(), update.learningRate());
              }
            }

            record Strided() implements Encoder {
              public Memory encode(Scope scope, Sequence source) {
                Operand<TFloat32> values = scope.linear("layer", 4, true, source.values());
                return new Memory(
                    new Sequence(values, source.lengths()),
                    NamedTensors.of("layer.0.hidden", Masks.mean(scope.tf(), values, source.lengths())), 2);
              }
            }
          }
          """
              .replace("public Score score(", "public Metric.Score score(")
              .replace("return new Score(", "return new Metric.Score(");

  @TempDir static Path folder;
  private static Path plugins;
  private static Path config;

  @BeforeAll
  static void pack() throws IOException {
    plugins = folder.resolve("plugins");
    new PluginSources()
        .sources("Attention", ATTENTION, "AcmePlugin", PLUGIN)
        .provider("acme.AcmePlugin")
        .jar(plugins.resolve("acme.jar"));
    Path toy = CommandRun.project("cli/src/test/resources/golden/toy");
    Files.copy(toy.resolve("toy.yaml"), folder.resolve("toy.yaml"));
    Files.writeString(folder.resolve("toy.tsv"), "a b c\tc b a\nb c\tc b\n".repeat(6));
    config = folder.resolve("toy.yaml");
  }

  private static CommandRun run(String command, String... settings) {
    List<Object> all = new ArrayList<>(List.of(command, config, "--plugins", plugins));
    for (String setting : settings) {
      all.addAll(List.of("--set", setting));
    }
    return CommandRun.of(all.toArray());
  }

  private static CommandRun attention(String fault) {
    return run("check", "model.decoder.attention={type: acme, fault: %s}".formatted(fault));
  }

  @Test
  void withoutAFaultItTrains() {
    assertThat(attention("none").err()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "throws|no licence",
        "null-context|the context of an attention is null",
        "rank|expected [B, Q, D], 3 axes",
        "depth|its depth, the last axis of [B, Q, D], must be known when the graph is built",
        "kept|keep no operand in a field; return it from prepare instead"
      })
  void namesComponentJarClassAndLine(String fault, String problem) {
    CommandRun run = attention(fault);

    assertThat(run.err())
        .startsWith("seq4j: the attention 'acme' of the plugin plugins/acme.jar failed in")
        .contains(" acme.Attention.attend (Attention.java:")
        .contains(problem)
        .contains("This is a fault of the plugin: tell its author (use --verbose")
        .doesNotContain("internal error");
    assertThat(run.status()).isEqualTo(1);
  }

  @Test
  void whatIsThrownWhenItIsMade() {
    CommandRun run = attention("create");

    assertThat(run.err())
        .startsWith("seq4j: the attention 'acme'")
        .contains("acme.Attention.<init> (Attention.java:", "NullPointerException: the licence");
    assertThat(run.status()).isEqualTo(1);
    List<Object> verbose =
        List.of(
            "check",
            config,
            "--plugins",
            plugins,
            "--verbose",
            "--set",
            "model.decoder.attention={type: acme, fault: create}");
    assertThat(CommandRun.of(verbose.toArray()).err())
        .contains("Caused by: java.lang.NullPointerException: the licence")
        .contains("acme.Attention.<init>(Attention.java:");
  }

  @Test
  void nullWhereAComponentIsExpected() {
    assertThat(run("check", "model.decoder.attention=nothing").err())
        .startsWith("seq4j: the attention 'nothing' of the plugin plugins/acme.jar failed")
        .contains("returned null instead of org.seq4j.core.model.AttentionMechanism");
    assertThat(attention("nothing").err())
        .startsWith("seq4j: the attention 'acme' of the plugin plugins/acme.jar failed")
        .contains("acme.Attention.attend returned null");
  }

  @Test
  void aConfigThatIsWrongItself() {
    CommandRun wrong = run("check", "model.encoder.cell=wrong");
    assertThat(wrong.err())
        .startsWith("seq4j: the cell 'wrong' of the plugin plugins/acme.jar failed: the default of")
        .contains("acme.AcmePlugin$Wrong.number, many: expected a whole number");
    assertThat(wrong.status()).isEqualTo(1);
    assertThat(run("check", "model.encoder.cell=failing").err())
        .startsWith("seq4j: the cell 'failing' of the plugin plugins/acme.jar failed in")
        .contains("AcmePlugin$Failing.<init> (AcmePlugin.java:", "the licence");
  }

  @Test
  void parametersThatNothingLeadsTo() {
    assertThat(attention("unused").err())
        .contains("the model cannot be built", "decoder.attention.forgotten");
  }

  @Test
  void parametersThatTrainingAloneHas() {
    assertThat(attention("training").err())
        .contains("decoder.attention.extra", "in training, but not at inference");
  }

  @Test
  void anOptimizerThatMovesNothing() {
    CommandRun run = train("lazy", "training.optimizer=lazy");

    assertThat(run.err()).contains("step 1 has changed no parameter", "must return the op");
    assertThat(run.status()).isEqualTo(1);
  }

  @Test
  void aStrideThatIsNotWhatItSays() {
    assertThat(train("strided", "model.encoder=strided").err())
        .contains("the encoder says that its stride is 2, but has ");
  }

  @Test
  void aRuleThatForbidsWhatIsNoToken() {
    assertThat(train("nowhere", "search.constraints=nowhere").err())
        .contains("seq4j: the constraint 'nowhere' of the plugin plugins/acme.jar failed in ")
        .contains("acme.AcmePlugin.lambda$", "a rule of the search names the token id 9999")
        .doesNotContain("internal error");
  }

  @Test
  void aMetricThatFailsDoesSoBeforeTheFirstStep() {
    CommandRun throwing = train("metric", "evaluation.metrics=[{type: score, fault: throws}]");

    assertThat(throwing.err())
        .contains("the metric 'score' of the plugin plugins/acme.jar failed in")
        .contains("ArithmeticException: / by zero");
    assertThat(new RunDirectory(folder.resolve("metric")).lastCheckpoints()).isEmpty();
    assertThat(train("nan", "evaluation.metrics=[{type: score, fault: nan}]").err())
        .contains("the metric score gives NaN for ");
  }

  @Test
  void aMetricThatFailsLaterDoesNotCostTheSteps() {
    CommandRun run = train("later", "evaluation.metrics=[{type: score, fault: later}]");

    assertThat(run.err()).contains("the metric 'score' of the plugin plugins/acme.jar failed in");
    assertThat(new RunDirectory(folder.resolve("later")).lastCheckpoints()).hasSize(1);
  }

  private static CommandRun train(String name, String setting) {
    return CommandRun.of(
        "train", config, "--plugins", plugins, "--run", folder.resolve(name), "--set", setting);
  }

  @Test
  void theNextCommandsNeedThePlugin() {
    CommandRun run = train("next", "model.decoder.attention=acme");

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("seq4j --plugins %s translate %s".formatted(plugins, folder.resolve("next")));
  }
}
