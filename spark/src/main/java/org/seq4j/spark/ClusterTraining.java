package org.seq4j.spark;

import com.google.inject.Module;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.seq4j.runtime.error.UserException;
import org.seq4j.runtime.io.RunException;
import org.seq4j.runtime.plugin.ComponentRegistry;
import org.seq4j.runtime.plugin.PluginLoader;
import org.seq4j.trainer.data.DataPreparation;
import org.seq4j.trainer.experiment.Experiment;
import org.seq4j.trainer.objective.Distillation;
import org.seq4j.trainer.training.TrainingListener;
import org.seq4j.trainer.training.config.TrainingConfig;
import org.seq4j.trainer.training.step.Steppers;
import org.seq4j.trainer.training.step.WorkerPool;
import org.seq4j.trainer.training.step.WorkerPools;

/** Trainings whose workers are tasks of the cluster. */
final class ClusterTraining {
  private ClusterTraining() {}

  /** A training in a folder of the driver. */
  @FunctionalInterface
  interface Training {
    /**
     * Trains.
     *
     * @param listeners those that have to hear of it
     */
    void in(Path folder, TrainingListener... listeners);
  }

  /**
   * Reads an experiment from a config file of the driver.
   *
   * @param costs gets the times of rounds
   * @throws org.seq4j.runtime.config.ConfigException if the config has errors
   * @throws IllegalArgumentException if a cluster cannot train it
   */
  static Experiment load(Path config, List<String> settings, RoundCosts costs) {
    return checked(Experiment.load(config, registry(), settings, onCluster(costs)));
  }

  /** Reads the experiment of a training on a table, with the errors of {@link #load}. */
  static Experiment load(Path config, List<String> settings, TableData data) {
    Module ofTable = binder -> binder.bind(DataPreparation.class).toInstance(data);
    Experiment experiment =
        checked(
            Experiment.load(config, registry(), settings, onCluster(new RoundCosts()), ofTable));
    data.of(experiment);
    return experiment;
  }

  /** Reads the experiment of a run, with the errors of {@link #load}. */
  static Experiment ofRun(Path run, List<String> settings, RoundCosts costs) {
    return checked(Experiment.ofRun(run, registry(), settings, onCluster(costs)));
  }

  private static Module onCluster(RoundCosts costs) {
    return binder ->
        binder.bind(WorkerPools.class).toInstance(training -> workers(training, costs));
  }

  private static ComponentRegistry registry() {
    return new PluginLoader(LoadedModels.loader()).classPath();
  }

  private static Experiment checked(Experiment experiment) {
    TrainingConfig training = experiment.config().training();
    if (training.inRounds()
        && training.objectives().stream()
            .anyMatch(it -> it.config() instanceof Distillation.Config)) {
      throw new IllegalArgumentException(
          "training.objectives: distillation needs its teachers, which are files of the driver: train"
              + " with seq4j train, in one process");
    }
    return experiment;
  }

  /**
   * Trains in a folder of the driver, or, for an address, in a copy of it that is kept up to date.
   *
   * @param run folder or address of the run
   * @param resume true if it has a run to resume
   */
  static void train(String run, boolean resume, Configuration hadoop, Training training) {
    if (!MirroredRun.isAddress(run)) {
      training.in(Path.of(run));
      return;
    }
    try (MirroredRun mirrored = new MirroredRun(run, resume, hadoop)) {
      try {
        training.in(mirrored.folder(), mirrored);
      } catch (UserException e) { // messages name the address that the user gave
        RunException named =
            new RunException(e.getMessage().replace(mirrored.folder().toString(), run), e);
        throw updated(mirrored, named);
      }
      mirrored.update();
    }
  }

  /** Brings a failed run up to date, as its message may name files that help to find the reason. */
  private static RunException updated(MirroredRun run, RunException failure) {
    try {
      run.update();
    } catch (RunException e) {
      failure.addSuppressed(e);
    }
    return failure;
  }

  private static WorkerPool workers(Steppers training, RoundCosts costs) {
    JavaSparkContext spark =
        JavaSparkContext.fromSparkContext(SparkSession.active().sparkContext());
    return new ClusterWorkers(spark, threads(training.config(), spark), training, costs);
  }

  /** Returns the number of threads of a worker: that of the config, or the processors of a task. */
  private static int threads(TrainingConfig config, JavaSparkContext spark) {
    return config.threads() > 0 ? config.threads() : spark.getConf().getInt("spark.task.cpus", 1);
  }
}
