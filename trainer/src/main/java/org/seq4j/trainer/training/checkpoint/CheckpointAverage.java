package org.seq4j.trainer.training.checkpoint;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.seq4j.runtime.graph.Parameters;
import org.seq4j.runtime.io.RunException;
import org.seq4j.runtime.run.RunDirectory;
import org.seq4j.runtime.weights.SafeTensors;

/**
 * Averages the weights of several checkpoints of a run (Vaswani et al. 2017, section 6.1). The
 * resulting model is often better than each of them, at the same cost of inference.
 */
public final class CheckpointAverage {

  private CheckpointAverage() {}

  /**
   * Averages the best checkpoints of a run and writes {@link RunDirectory#AVERAGE} beside them.
   *
   * @param most the max number of checkpoints to average
   * @return the averaged checkpoints, the best first
   * @throws RunException if the run keeps fewer than two, they belong to different models, or a
   *     file cannot be read or written
   */
  public static List<Path> ofBest(RunDirectory run, int most) {
    return write(run, run.rankedCheckpoints(), most, "best");
  }

  /**
   * Averages the latest checkpoints like {@link #ofBest}: the weights of the steps, not their
   * moving averages.
   *
   * @param most the max number of checkpoints to average
   * @return the averaged checkpoints, the latest first
   * @throws RunException as {@link #ofBest}
   */
  public static List<Path> ofLast(RunDirectory run, int most) {
    return write(run, run.lastCheckpoints(), most, "last");
  }

  private static List<Path> write(RunDirectory run, List<Path> files, int most, String kind) {
    if (files.size() < 2) {
      throw new RunException(
          String.format(
              Locale.ROOT,
              "%s keeps %d %s checkpoint%s, but an average needs at least 2. Train with training.checkpoints: {keep_%s: 5}",
              run.path(),
              files.size(),
              kind,
              files.size() == 1 ? "" : "s",
              kind));
    }
    List<Path> chosen = files.subList(0, Math.min(most, files.size()));
    Map<String, double[]> sums = new TreeMap<>();
    Map<String, long[]> shapes = new TreeMap<>();
    Map<String, String> texts = new LinkedHashMap<>();
    for (Path file : chosen) {
      SafeTensors.Content content = SafeTensors.read(file);
      content.metadata().forEach(texts::putIfAbsent);
      add(file, content, sums, shapes, file.equals(chosen.get(0)));
    }
    Map<String, SafeTensors.Array> means = new LinkedHashMap<>();
    sums.forEach(
        (path, sum) -> means.put(path, new SafeTensors.Array(shapes.get(path), mean(sum, chosen))));
    texts.keySet().removeIf(key -> !key.startsWith(RunDirectory.CHECKSUM));
    texts.put(
        "average_of",
        chosen.stream()
            .map(file -> file.getFileName().toString())
            .collect(Collectors.joining(" ")));
    SafeTensors.write(
        run.checkpointNamed(RunDirectory.AVERAGE), new SafeTensors.Content(means, texts));
    return chosen;
  }

  private static void add(
      Path file,
      SafeTensors.Content content,
      Map<String, double[]> sums,
      Map<String, long[]> shapes,
      boolean first) {
    for (Map.Entry<String, SafeTensors.Array> entry : content.arrays().entrySet()) {
      if (Parameters.isSlot(entry.getKey())) {
        continue; // of the optimizer, which last checkpoints have
      }
      float[] values = entry.getValue().values();
      if (first) {
        sums.put(entry.getKey(), new double[values.length]);
        shapes.put(entry.getKey(), entry.getValue().shape());
      }
      if (!Arrays.equals(shapes.get(entry.getKey()), entry.getValue().shape())) {
        throw new RunException(
            file
                + " belongs to another model than the first checkpoint: they differ in "
                + entry.getKey());
      }
      double[] sum = sums.get(entry.getKey());
      for (int i = 0; i < values.length; i++) {
        sum[i] += values[i];
      }
    }
  }

  private static float[] mean(double[] sum, List<Path> files) {
    float[] mean = new float[sum.length];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = (float) (sum[i] / files.size());
    }
    return mean;
  }
}
