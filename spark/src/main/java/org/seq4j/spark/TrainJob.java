package org.seq4j.spark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.sql.SparkSession;
import org.seq4j.runtime.config.ConfigException;
import org.seq4j.trainer.experiment.Experiment;
import org.seq4j.trainer.training.TrainingListener;
import org.seq4j.trainer.training.config.TrainingConfig;
import org.seq4j.trainer.training.state.TrainingResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The verb {@code train}. */
@Command(
    name = "train",
    description = {
      "Trains a model in rounds, with the workers of training.workers as tasks of the cluster.",
      "The driver reads the data, validates, and writes the run; the same workers give the same"
          + " weights, wherever they are."
    },
    footerHeading = "%nExample:%n",
    footer = "  train experiment.yaml --run runs/experiment --set training.workers=8")
final class TrainJob implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "CONFIG",
      arity = "0..1",
      description = "Config file, on the driver. Absent with --resume.")
  private Optional<Path> config = Optional.empty();

  @Option(
      names = "--run",
      paramLabel = "DIR",
      required = true,
      description =
          "Folder of the run, a new one, or with --resume an existing one: on the driver, or, with a"
              + " scheme such as hdfs:///runs/experiment, in any file system that Hadoop knows.")
  private String run;

  @Option(names = "--resume", description = "Resume a run from its last checkpoint, exactly.")
  private boolean resume;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Override a key of the config, such as training.workers=8; repeatable.")
  private List<String> settings = new ArrayList<>();

  @Override
  public Integer call() {
    if (resume == config.isPresent()) {
      throw new ParameterException(
          spec.commandLine(),
          resume
              ? "--resume: the run has its own config; omit " + config.get()
              : "expected a config file, or --resume");
    }
    Configuration hadoop = SparkHadoopUtil.get().newConfiguration(new SparkConf());
    ClusterTraining.train(run, resume, hadoop, this::train);
    return 0;
  }

  private void train(Path folder, TrainingListener... further) {
    RoundCosts costs = new RoundCosts();
    Experiment experiment =
        experiment(folder, costs); // an error in it is reported before Spark starts
    TrainingConfig training = experiment.config().training();
    if (!training.inRounds()) {
      throw new ParameterException(
          spec.commandLine(),
          "training.workers is 1, so that there is nothing to distribute: expected at least 2, such"
              + " as --set training.workers=8");
    }
    SparkSession.builder().appName("seq4j train").getOrCreate();
    TrainingListener[] listeners =
        Stream.concat(Stream.of(new TrainLines(System.out, training.workers())), Stream.of(further))
            .toArray(TrainingListener[]::new);
    TrainingResult result =
        resume ? experiment.resume(folder, listeners) : experiment.train(folder, listeners);
    System.out.printf(
        Locale.ROOT,
        "%s%n%,d steps of each worker; the model is in %s%n",
        costs,
        result.steps(),
        run);
  }

  private Experiment experiment(Path folder, RoundCosts costs) {
    try {
      return resume
          ? ClusterTraining.ofRun(folder, settings, costs)
          : ClusterTraining.load(config.orElseThrow(), settings, costs);
    } catch (ConfigException | IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }
}
