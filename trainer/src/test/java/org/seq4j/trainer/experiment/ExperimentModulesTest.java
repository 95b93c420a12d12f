package org.seq4j.trainer.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.MapBinder;
import com.google.inject.multibindings.Multibinder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seq4j.core.data.CorpusFiles;
import org.seq4j.core.data.CorpusFormat;
import org.seq4j.core.data.Example;
import org.seq4j.core.data.ExampleReader;
import org.seq4j.core.metric.Metric;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.NoKeys;
import org.seq4j.runtime.run.RunDirectory;
import org.seq4j.trainer.data.split.SplitName;
import org.seq4j.trainer.evaluation.EvaluationConfig;
import org.seq4j.trainer.evaluation.Evaluator;
import org.seq4j.trainer.report.Provenance;
import org.seq4j.trainer.training.TrainingListener;
import org.seq4j.trainer.training.state.TrainingPlan;

/** Bindings of a program's Guice module replace those of Seq4j. */
final class ExperimentModulesTest {
  private static final Instant THEN = Instant.parse("2001-02-03T04:05:06Z");

  @TempDir Path folder;
  private Path config;

  @BeforeEach
  void write() throws IOException {
    config = ToyExperiment.in(folder).file("toy.yaml");
    Files.writeString(config, Files.readString(config).replace("epochs: 3", "max_steps: 2"));
  }

  /** Makes its examples itself. */
  private record Generated(List<Example> examples) implements CorpusFormat {

    @Override
    public ExampleReader open(CorpusFiles files) {
      Iterator<Example> rest = examples.iterator();
      return new ExampleReader() {
        @Override
        public Optional<Example> next() {
          return rest.hasNext() ? Optional.of(rest.next()) : Optional.empty();
        }

        @Override
        public String location() {
          return "generated";
        }

        @Override
        public void close() {}
      };
    }

    @Override
    public List<String> extensions() {
      return List.of(".generated");
    }

    @Override
    public List<Path> files(CorpusFiles files) {
      return List.of();
    }
  }

  @Test
  void listenersHearOfEveryTraining() {
    List<String> heard = new ArrayList<>();
    Experiment experiment =
        Experiment.load(
            config,
            ToyExperiment.REGISTRY,
            new AbstractModule() {
              @Override
              protected void configure() {
                Multibinder.newSetBinder(binder(), TrainingListener.class)
                    .addBinding()
                    .toInstance(listener(heard, "bound"));
              }
            });
    Path run = folder.resolve("run");
    experiment.train(run, listener(heard, "given"));
    experiment.resume(run);
    assertThat(heard).containsExactly("bound", "given", "bound");
  }

  private static TrainingListener listener(List<String> heard, String name) {
    return new TrainingListener() {
      @Override
      public void started(TrainingPlan plan) {
        heard.add(name);
      }
    };
  }

  @Test
  void theClockGivesTheTimesThatARunNotes() throws IOException {
    Experiment experiment =
        Experiment.load(
            config,
            ToyExperiment.REGISTRY,
            new AbstractModule() {
              @Override
              protected void configure() {
                bind(Clock.class).toInstance(Clock.fixed(THEN, ZoneOffset.UTC));
              }
            });
    RunDirectory run = new RunDirectory(folder.resolve("run"));
    experiment.train(run.path());
    experiment.resume(run.path());
    assertThat(Provenance.read(run.provenance()).started()).contains(THEN);
    assertThat(ToyExperiment.lines(run.sessions()))
        .filteredOn(event -> event.path("event").asText().equals("start"))
        .hasSize(2)
        .allMatch(event -> event.path("at").asText().equals(THEN.toString()));
    try (Stream<Path> events = Files.list(run.tensorBoard())) { // a file for each session
      assertThat(events.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              String.format(Locale.ROOT, "events.out.tfevents.%d.seq4j", THEN.toEpochMilli()),
              String.format(Locale.ROOT, "events.out.tfevents.%d.seq4j", THEN.toEpochMilli() + 1));
    }
  }

  @Test
  void aFormatReadsTheFilesOfItsEnding() {
    List<Example> examples =
        List.of(new Example("a b", List.of("b a")), new Example("c", List.of("c")));
    Experiment experiment =
        Experiment.load(
            config,
            ToyExperiment.REGISTRY,
            List.of("data.train={file: x.generated}", "data.test={file: y.generated}"),
            new AbstractModule() {
              @Override
              protected void configure() {
                MapBinder.newMapBinder(binder(), String.class, CorpusFormat.class)
                    .addBinding("generated")
                    .toInstance(new Generated(examples));
              }
            });
    Path run = folder.resolve("run");
    experiment.train(run);
    assertThat(experiment.examples(SplitName.TEST)).isEqualTo(examples);
    assertThat(new RunDirectory(run).sourceVocabulary()).content().contains("a", "b", "c");
    assertThat(experiment.evaluate(run, SplitName.TEST).answers()).hasSize(2);
  }

  @Test
  void anEvaluatorScoresInThePlaceOfTheConfigs() {
    EvaluationConfig metrics =
        new EvaluationConfig(
            List.of(ToyExperiment.REGISTRY.component(Metric.class, "exact-match", new NoKeys())));
    Metric exact = metrics.metrics().get(0).create(new ComponentContext(folder));
    Experiment experiment =
        Experiment.load(
            config,
            ToyExperiment.REGISTRY,
            new AbstractModule() {
              @Override
              protected void configure() {
                bind(Evaluator.class).toInstance(new Evaluator(Map.of("mine", exact)));
              }
            });
    Path run = folder.resolve("run");
    experiment.train(run);
    assertThat(experiment.evaluate(run, SplitName.TEST).scores())
        .extracting(score -> score.name())
        .containsExactly("mine");
  }
}
