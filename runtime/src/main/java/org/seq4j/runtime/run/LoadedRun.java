package org.seq4j.runtime.run;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

/**
 * A trained model, read from the folder of its run. Closing it frees the graph.
 *
 * @param directory the folder
 * @param config the part of the run's configuration that using the model takes
 * @param graph the model's parameters and session
 * @param predictor uses the model
 * @param source the codec of the source side
 * @param target the codec of the target side
 * @param context of the run's components
 */
public record LoadedRun(
    RunDirectory directory,
    TranslationConfig config,
    ModelGraph graph,
    Predictor predictor,
    SequenceCodec source,
    SequenceCodec target,
    ComponentContext context)
    implements AutoCloseable {

  /**
   * Reads a run with its best checkpoint.
   *
   * @param registry of the components that the run may name
   * @throws RunException if the folder is not that of a run, or something in it is damaged
   * @throws ConfigException if its configuration names what the registry does not have
   * @throws ComponentException if a component refuses its configuration
   */
  public static LoadedRun open(RunDirectory directory, ComponentRegistry registry) {
    return open(directory, directory.checkpoint(), registry);
  }

  /**
   * Reads a run with a checkpoint of it.
   *
   * @param checkpoint its file
   * @throws RunException if something is damaged
   * @throws ConfigException if its configuration names what the registry does not have
   * @throws ComponentException if a component refuses its configuration
   */
  public static LoadedRun open(
      RunDirectory directory, Path checkpoint, ComponentRegistry registry) {
    return open(directory, checkpoint, registry, Precision.F32);
  }

  /**
   * Reads a run with a checkpoint of it.
   *
   * @param checkpoint its file
   * @param precision the precision in which steps of a search multiply by weights; given targets
   *     are scored in 32 bits
   * @throws RunException if something is damaged
   * @throws RequestException if the precision has no effect, since targets are not searched for
   * @throws ConfigException if its configuration names what the registry does not have
   * @throws ComponentException if a component refuses its configuration
   */
  public static LoadedRun open(
      RunDirectory directory, Path checkpoint, ComponentRegistry registry, Precision precision) {
    RunParts parts = RunParts.read(directory, checkpoint, registry);
    if (precision != Precision.F32 && parts.target().space().isVectors()) {
      throw new RequestException(
          "%s: precision %s is for steps of a search, but its targets are vectors, which are"
                  .formatted(directory.path(), precision.name().toLowerCase(Locale.ROOT))
              + " generated in 32 bits");
    }
    ModelGraph graph = new ModelGraph(0, 0);
    try {
      Predictor predictor = build(directory, parts, graph, precision);
      assign(graph, parts.weights(), checkpoint);
      return new LoadedRun(
          directory,
          parts.config(),
          graph,
          predictor,
          parts.source(),
          parts.target(),
          parts.context());
    } catch (RuntimeException | Error e) {
      graph.close();
      throw e;
    }
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

  /** Reads the part of a run's configuration that using its model takes. */
  public static TranslationConfig readConfig(RunDirectory directory, ComponentRegistry registry) {
    return readConfig(directory, registry, List.of());
  }

  /**
   * Reads the same part with overrides.
   *
   * @param settings such as {@code search.size=3}
   */
  public static TranslationConfig readConfig(
      RunDirectory directory, ComponentRegistry registry, List<String> settings) {
    ConfigReader reader = directory.configReader(registry);
    return reader.bind(
        directory.configTree(reader, settings).only(TranslationConfig.KEYS),
        TranslationConfig.class);
  }

  /** Sets the parameters of a graph from a checkpoint, which may hold more than them. */
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
                + "; was one of the two changed, or a plugin?");
      }
      values.put(path, array.values());
    }
    graph.assign(values);
  }

  /** Frees the model. */
  @Override
  public void close() {
    graph.close();
  }
}
