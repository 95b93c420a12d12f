package org.seq4j.runtime.run;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.ComponentException;
import org.seq4j.runtime.codec.SequenceCodec;
import org.seq4j.runtime.config.ConfigException;
import org.seq4j.runtime.config.ConfigReader;
import org.seq4j.runtime.error.RequestException;
import org.seq4j.runtime.graph.ModelGraph;
import org.seq4j.runtime.graph.Parameters;
import org.seq4j.runtime.graph.scan.Precision;
import org.seq4j.runtime.inference.Predictor;
import org.seq4j.runtime.io.RunException;
import org.seq4j.runtime.plugin.ComponentRegistry;
import org.seq4j.runtime.weights.SafeTensors;
import org.tensorflow.ndarray.Shape;

/**
 * A trained model, loaded from the folder of its run. Closing it frees the graph.
 *
 * @param directory folder of the run
 * @param checkpoint checkpoint that was loaded
 * @param config part of the run's configuration that inference needs
 * @param graph parameters and session of the model
 * @param predictor predictor of the model
 * @param source codec of the source side
 * @param target codec of the target side
 * @param context context of the run's components
 * @param registry registry of the components
 */
public record LoadedRun(
    RunDirectory directory,
    Checkpoint checkpoint,
    TranslationConfig config,
    ModelGraph graph,
    Predictor predictor,
    SequenceCodec source,
    SequenceCodec target,
    ComponentContext context,
    ComponentRegistry registry)
    implements AutoCloseable {

  /**
   * A checkpoint.
   *
   * @param name name of its file without suffix, such as {@code best-1200}
   * @param step step of training that it was saved at; empty if it does not say
   */
  public record Checkpoint(String name, OptionalLong step) {

    private static Checkpoint of(Path file, SafeTensors.Content content) {
      String step = content.metadata().getOrDefault("step", "");
      return new Checkpoint(
          String.valueOf(file.getFileName()).replaceAll("\\.safetensors$", ""),
          step.matches("\\d{1,18}") ? OptionalLong.of(Long.parseLong(step)) : OptionalLong.empty());
    }
  }

  /** Counts the numbers in the parameters. */
  public long parameterCount() {
    return graph.parameters().shapes().values().stream().mapToLong(Shape::size).sum();
  }

  /**
   * Loads a run with its best checkpoint.
   *
   * @param registry registry of the components that the run may name
   * @throws RunException if the folder is not that of a run, or a file is damaged
   * @throws ConfigException if its configuration names a component that the registry lacks
   * @throws ComponentException if a component rejects its configuration
   */
  public static LoadedRun open(RunDirectory directory, ComponentRegistry registry) {
    return open(directory, directory.checkpoint(), registry);
  }

  /**
   * Loads a run with one of its checkpoints.
   *
   * @param checkpoint file of the checkpoint
   * @throws RunException if a file is damaged
   * @throws ConfigException if its configuration names a component that the registry lacks
   * @throws ComponentException if a component rejects its configuration
   */
  public static LoadedRun open(
      RunDirectory directory, Path checkpoint, ComponentRegistry registry) {
    return open(directory, checkpoint, registry, Precision.F32);
  }

  /**
   * Loads a run with one of its checkpoints.
   *
   * @param checkpoint file of the checkpoint
   * @param precision precision of products with weights in steps of a search; given targets are
   *     scored in 32 bits
   * @throws RunException if a file is damaged
   * @throws RequestException if the precision has no effect, because targets are vectors
   * @throws ConfigException if its configuration names a component that the registry lacks
   * @throws ComponentException if a component rejects its configuration
   */
  public static LoadedRun open(
      RunDirectory directory, Path checkpoint, ComponentRegistry registry, Precision precision) {
    return open(directory, checkpoint, registry, precision, 0);
  }

  /**
   * Loads a run like {@link #open(RunDirectory, Path, ComponentRegistry, Precision)}, for a process
   * that shares its processors.
   *
   * @param threads number of threads of the model; 0 for the number of processors
   */
  public static LoadedRun open(
      RunDirectory directory,
      Path checkpoint,
      ComponentRegistry registry,
      Precision precision,
      int threads) {
    RunParts parts = RunParts.read(directory, checkpoint, registry);
    if (precision != Precision.F32 && parts.target().space().isVectors()) {
      throw new RequestException(
          ("%s: precision %s applies to steps of a search, but its targets are vectors,"
                      + " which are")
                  .formatted(directory.path(), precision.name().toLowerCase(Locale.ROOT))
              + " generated in 32 bits");
    }
    ModelGraph graph = new ModelGraph(0, threads);
    try {
      Predictor predictor = build(directory, parts, graph, precision);
      assign(graph, parts.weights(), checkpoint);
      return new LoadedRun(
          directory,
          Checkpoint.of(checkpoint, parts.weights()),
          parts.config(),
          graph,
          predictor,
          parts.source(),
          parts.target(),
          parts.context(),
          registry);
    } catch (RuntimeException | Error e) {
      graph.close();
      throw e;
    }
  }

  /**
   * Loads another run with its best checkpoint and the same components.
   *
   * @throws RunException if the folder is not that of a run, or a file is damaged
   */
  public LoadedRun openOther(Path run) {
    return open(new RunDirectory(run), registry);
  }

  private static Predictor build(
      RunDirectory directory, RunParts parts, ModelGraph graph, Precision precision) {
    try {
      return Predictor.of(parts.model(), graph, precision);
    } catch (ComponentException saysWhere) {
      throw saysWhere;
    } catch (IllegalArgumentException e) {
      throw new RunException(
          "the model of " + directory.path() + " cannot be built: " + e.getMessage(), e);
    }
  }

  /** Reads the part of a run's configuration that inference needs. */
  public static TranslationConfig readConfig(RunDirectory directory, ComponentRegistry registry) {
    return readConfig(directory, registry, List.of());
  }

  /**
   * Reads the part of a run's configuration that inference needs, with overrides.
   *
   * @param settings overrides such as {@code search.size=3}
   */
  public static TranslationConfig readConfig(
      RunDirectory directory, ComponentRegistry registry, List<String> settings) {
    ConfigReader reader = directory.configReader(registry);
    return reader.bind(
        directory.configTree(reader, settings).only(TranslationConfig.KEYS),
        TranslationConfig.class);
  }

  /**
   * Sets the parameters of a graph from a checkpoint; further arrays of the checkpoint are ignored.
   */
  static void assign(ModelGraph graph, SafeTensors.Content weights, Path file) {
    Parameters parameters = graph.parameters();
    Map<String, float[]> values = new HashMap<>();
    for (String path : parameters.paths()) {
      SafeTensors.Array array = weights.arrays().get(path);
      long[] shape = parameters.shapes().get(path).asArray();
      if (array == null || !Arrays.equals(array.shape(), shape)) {
        throw new RunException(
            file
                + " does not fit the run's config.yaml: it has "
                + (array == null ? "no " + path : path + " as " + Arrays.toString(array.shape()))
                + " where the model has "
                + Arrays.toString(shape)
                + "; one of the two, or a plugin, may have changed");
      }
      values.put(path, array.values());
    }
    graph.assign(values);
  }

  /** Frees the graph. */
  @Override
  public void close() {
    graph.close();
  }
}
