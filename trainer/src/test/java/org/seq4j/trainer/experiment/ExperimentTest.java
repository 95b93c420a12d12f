package org.seq4j.trainer.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seq4j.core.data.Example;
import org.seq4j.core.metric.Metric;
import org.seq4j.runtime.io.RunException;
import org.seq4j.runtime.run.LoadedRun;
import org.seq4j.runtime.run.RunDirectory;
import org.seq4j.runtime.search.SearchConfig;
import org.seq4j.runtime.translate.Translation;
import org.seq4j.runtime.translate.Translator;
import org.seq4j.trainer.data.split.SplitName;
import org.seq4j.trainer.evaluation.Evaluation;
import org.seq4j.trainer.evaluation.MetricScore;
import org.seq4j.trainer.training.TrainingProgress;
import org.seq4j.trainer.training.state.TrainingException;
import org.seq4j.trainer.training.state.TrainingPlan;
import org.seq4j.trainer.training.state.TrainingResult;
import org.seq4j.trainer.training.validation.ValidationReport;

/** What a whole training leaves behind, looked at from all sides. */
final class ExperimentTest {
  @TempDir static Path folder;

  private static ToyExperiment toy;
  private static Experiment experiment;
  private static Path run;
  private static TrainingResult result;
  private static final Recorder SEEN = Recorder.untilTheEnd();

  @BeforeAll
  static void train() {
    toy = ToyExperiment.in(folder);
    experiment = toy.load("training.epochs=25", "training.threads=2");
    run = folder.resolve("run");
    result = experiment.train(run, SEEN);
  }

  @Test
  void whatAModelSaysOfReferencesIsMeasuredInTwoWays() {
    Recorder recorder = Recorder.untilTheEnd();
    toy.load("evaluation.metrics=[perplexity, token-accuracy]", "training.epochs=1")
        .train(folder.resolve("forced"), recorder);
    ValidationReport last = recorder.validations.get(0);
    assertThat(last.metrics().get(0).value())
        .isCloseTo(last.perplexity().orElseThrow(), within(1e-5));
    try (Translator translator = Translator.load(run)) {
      List<String> texts = List.of("a b c", "c", "f a d e", "b b", "e d c b a", "a f");
      List<Metric.ForcedScore> forced = translator.force(texts, texts);
      List<Translation> greedy = translator.translate(texts, SearchConfig.greedy());
      for (int i = 0; i < texts.size(); i++) {
        boolean allRight = forced.get(i).correct() == forced.get(i).tokens();
        assertThat(allRight).isEqualTo(greedy.get(i).best().text().equals(texts.get(i)));
      }
      assertThat(forced).anyMatch(it -> it.correct() == it.tokens());
    }
  }

  @Test
  void theTaskIsLearned() {
    List<MetricScore> first = SEEN.validations.get(0).metrics();
    List<MetricScore> last = SEEN.validations.get(24).metrics();
    assertThat(first.get(0).name()).isEqualTo("exact-match");
    assertThat(first.get(0).value()).isLessThan(0.5);
    assertThat(last.get(0).value()).isGreaterThan(0.6); // of 20
    assertThat(SEEN.validations.get(24).loss()).isLessThan(0.5);
  }

  @Test
  void listenersHearOfThePlan() {
    assertThat(SEEN.plans).hasSize(1);
    TrainingPlan plan = SEEN.plans.get(0);
    assertThat(plan.train().orElseThrow().pairs()).hasSize(200);
    assertThat(plan.dev()).contains(20);
    assertThat(plan.devPairs().orElseThrow().pairs()).hasSize(20);
    assertThat(plan.devPairs().orElseThrow().leftOut().counts()).isEmpty();
    assertThat(plan.batches()).contains(13);
    assertThat(plan.totalSteps()).contains(325L);
    assertThat(plan.source().tokens()).isEqualTo(10); // six letters and the special ones
    assertThat(plan.parameters()).isGreaterThan(1000);
    assertThat(plan.firstStep()).isZero();
  }

  @Test
  void listenersHearOfEachStep() {
    assertThat(SEEN.steps).hasSize(325);
    TrainingProgress half = SEEN.steps.get(162);
    assertThat(half.step()).isEqualTo(163);
    assertThat(half.epoch()).isEqualTo(13);
    assertThat(half.progress()).isCloseTo(163 / 325.0, within(1e-5));
    assertThat(half.tokensPerSecond()).isPositive();
    assertThat(half.timeLeft().orElseThrow()).isPositive();
    assertThat(SEEN.steps.get(324).progress()).isEqualTo(1);
    assertThat(SEEN.steps.get(324).timeLeft()).contains(Duration.ZERO);
    assertThat(SEEN.steps.get(0).timeLeft()).isEmpty();
  }

  @Test
  void theResultTellsOfTheBestValidation() {
    assertThat(SEEN.results).containsExactly(result);
    assertThat(result.outcome()).isEqualTo(TrainingResult.Outcome.FINISHED);
    assertThat(result.steps()).isEqualTo(325);
    assertThat(result.epochs()).isEqualTo(25);
    ValidationReport best =
        SEEN.validations.stream().filter(ValidationReport::best).reduce((a, b) -> b).orElseThrow();
    assertThat(result.best().orElseThrow().step()).isEqualTo(best.step());
    assertThat(result.best().orElseThrow().value()).isEqualTo(best.loss());
  }

  @Test
  void samplesShowSourceAndAnswer() {
    Evaluation.Answer sample = SEEN.validations.get(24).samples().get(0);
    assertThat(sample.translation().source()).isEqualTo(sample.example().source().text());
    assertThat(SEEN.validations.get(24).samples()).hasSize(5);
  }

  @Test
  void theValidationLossIsThatOfForcedScoring() {
    ValidationReport best =
        SEEN.validations.stream().filter(ValidationReport::best).reduce((a, b) -> b).orElseThrow();
    List<String> texts =
        lines(toy.file("dev.tsv")).stream().map(line -> line.split("\t", -1)[0]).toList();
    try (LoadedRun loaded = LoadedRun.open(new RunDirectory(run), ToyExperiment.REGISTRY)) {
      double sum = Arrays.stream(Translator.of(loaded).score(texts, texts)).sum();
      int tokens = texts.stream().mapToInt(text -> text.split(" ", -1).length + 1).sum();
      assertThat(best.loss()).isCloseTo(-sum / tokens, within(1e-5));
      assertThat(best.perplexity()).contains(Math.exp(best.loss()));
    }
  }

  @Test
  void evaluationScoresAllAndEachLength() {
    Evaluation evaluation = experiment.evaluate(run, SplitName.TEST);
    assertThat(evaluation.answers()).hasSize(30);
    assertThat(evaluation.scores())
        .extracting(MetricScore::name)
        .containsExactly("exact-match", "ser");
    assertThat(evaluation.buckets())
        .extracting(Evaluation.Bucket::label)
        .containsExactly("1-5", "6-10");
    int inBuckets = evaluation.buckets().stream().mapToInt(Evaluation.Bucket::examples).sum();
    assertThat(inBuckets).isEqualTo(30);
    double weighted =
        evaluation.buckets().stream()
            .mapToDouble(bucket -> bucket.examples() * bucket.scores().get(0).value())
            .sum();
    assertThat(weighted / 30).isCloseTo(evaluation.scores().get(0).value(), within(1e-5));
  }

  @Test
  void sourcesThatAreCutAreCounted() {
    String longest = "a ".repeat(200).strip();
    Evaluation evaluation =
        experiment.evaluate(
            run,
            List.of(new Example(longest, List.of("a")), new Example(longest + " a", List.of("a"))));
    assertThat(evaluation.cutSources()).isEqualTo(1);
  }

  @Test
  void emptySourcesHaveABucketOfTheirOwn() {
    Evaluation evaluation =
        experiment.evaluate(
            run, List.of(new Example("", List.of("")), new Example("a", List.of("a"))));
    assertThat(evaluation.buckets())
        .extracting(Evaluation.Bucket::label)
        .containsExactly("0", "1-5");
    assertThat(evaluation.answers().get(0).text()).isEmpty();
  }

  @Test
  void theRunsOwnFilesAreEnoughToEvaluateWithOtherMetrics() {
    Experiment again =
        Experiment.ofRun(run, ToyExperiment.REGISTRY, List.of("evaluation.metrics=[ser]"));
    Evaluation evaluation = again.evaluate(run, SplitName.DEV);
    assertThat(evaluation.scores()).extracting(MetricScore::name).containsExactly("ser");
  }

  @Test
  void objectivesThatExcludeOneAnotherMatterToTrainingOnly() {
    Experiment excluding =
        Experiment.ofRun(
            run,
            ToyExperiment.REGISTRY,
            List.of("training.objectives=[cross-entropy, {type: minimum-risk, metric: ser}]"));
    assertThat(excluding.evaluate(run, SplitName.DEV).scores()).isNotEmpty();
    Path other = run.resolveSibling("excluding");
    assertThatThrownBy(() -> excluding.train(other))
        .isInstanceOf(TrainingException.class)
        .hasMessageStartingWith("training.objectives: minimum-risk: trains on sampled candidates");
    assertThat(other).doesNotExist();
  }

  @Test
  void theLogHasALineForEachEvent() {
    List<JsonNode> sessions = ToyExperiment.lines(run.resolve("sessions.jsonl"));
    assertThat(sessions.get(0).get("event").asText()).isEqualTo("start");
    assertThat(sessions.get(sessions.size() - 1).get("event").asText()).isEqualTo("end");
    assertThat(sessions.get(sessions.size() - 1).get("outcome").asText()).isEqualTo("finished");
    assertThat(sessions.get(1).get("tokens_per_second").asDouble()).isPositive();
    List<JsonNode> log = ToyExperiment.log(run);
    assertThat(log).allMatch(line -> line.get("event").asText().matches("train|validation"));
    List<JsonNode> validations =
        log.stream().filter(line -> line.get("event").asText().equals("validation")).toList();
    assertThat(validations).hasSize(25);
    assertThat(validations.get(1).get("step").asLong()).isEqualTo(26);
    assertThat(validations.get(1).get("epoch").asInt()).isEqualTo(2);
    assertThat(validations.get(1).get("loss").asDouble()).isEqualTo(SEEN.validations.get(1).loss());
    assertThat(validations.get(1).get("metrics").get("ser").asDouble())
        .isEqualTo(SEEN.validations.get(1).metrics().get(1).value());
    JsonNode train =
        log.stream()
            .filter(line -> line.get("event").asText().equals("train"))
            .findFirst()
            .orElseThrow();
    assertThat(train.get("step").asLong()).isEqualTo(13);
    assertThat(train.get("loss").asDouble()).isPositive();
    assertThat(train.get("gradient_norm").asDouble()).isPositive();
    assertThat(train.get("learning_rate").asDouble()).isCloseTo(0.01, within(1e-8));
    assertThat(sessions.get(1).get("waited").asDouble()).isBetween(0.0, 1.0);
    assertThat(validations.get(24).get("diagnosis").get("length_ratio").asDouble())
        .isBetween(0.8, 1.2);
    assertThat(validations.get(24).get("diagnosis").get("attention_entropy").asDouble())
        .isBetween(0.0, 1.0);
  }

  @Test
  void provenanceTellsVersionsDataAndMachine() throws IOException {
    JsonNode root = new ObjectMapper().readTree(new RunDirectory(run).provenance().toFile());
    assertThat(root.get("seed").asLong()).isEqualTo(1);
    assertThat(root.get("versions").get("tensorflow").asText()).startsWith("2.");
    assertThat(root.get("machine").get("processors").asInt()).isPositive();
    assertThat(root.get("machine").get("threads").asInt()).isEqualTo(2);
    assertThat(root.get("data")).hasSize(3);
    assertThat(root.get("data").get(0).get("file").asText())
        .isEqualTo(toy.file("train.tsv").toString());
    assertThat(root.get("data").get(0).get("bytes").asLong())
        .isEqualTo(Files.size(toy.file("train.tsv")));
    assertThat(root.get("data").get(0).get("sha256").asText()).matches("[0-9a-f]{64}");
    assertThat(root.get("components").findValuesAsText("name")).contains("gru", "luong", "adam");
  }

  @Test
  void aFolderThatHoldsARunIsRefused() {
    assertThatThrownBy(() -> experiment.train(run))
        .isInstanceOf(RunExistsException.class)
        .hasMessage(
            run
                + " already holds a run. Resume it, remove it, or choose another folder for the new"
                + " run");
  }

  @Test
  void aRunThatIsDoneHasNothingToGoOnWith() {
    TrainingResult again = experiment.resume(run);
    assertThat(again.outcome()).isEqualTo(TrainingResult.Outcome.FINISHED);
    assertThat(again.steps()).isEqualTo(325);
  }

  @Test
  void aFolderWithoutARunCannotBeEvaluated() {
    Path nothing = folder.resolve("nothing");
    assertThatThrownBy(() -> experiment.evaluate(nothing, SplitName.TEST))
        .isInstanceOf(RunException.class)
        .hasMessageStartingWith(nothing + " does not exist");
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
