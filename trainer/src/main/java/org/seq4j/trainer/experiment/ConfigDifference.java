package org.seq4j.trainer.experiment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.runtime.config.ConfigWriter;
import org.seq4j.trainer.schedule.FallConfig;
import org.seq4j.trainer.training.config.TrainingConfig;

/** The keys in which experiments differ. */
public final class ConfigDifference {
  /** Keys that may change when a run resumes: they set how long to train and affect no step. */
  private static final List<String> FREE =
      List.of(
          "name",
          "training.epochs",
          "training.max_steps",
          "training.stop_after",
          "training.early_stopping",
          "training.checkpoints");

  private static final List<String> LENGTH = List.of("training.epochs", "training.max_steps");

  private static final YAMLMapper YAML = new YAMLMapper();

  private ConfigDifference() {}

  /**
   * A key whose value differs from that of a run.
   *
   * @param was its value in the run; "absent" where it is not set
   * @param is its value in the other config
   * @param free true if it may change when the run resumes
   */
  public record Change(String key, String was, String is, boolean free) {

    /** Returns "training.clip_norm: was 1.0, is 5.0". */
    @Override
    public String toString() {
      return "%s: was %s, is %s".formatted(key, was, is);
    }
  }

  /** Returns the keys in which a config differs from that of a run. */
  static List<Change> between(ExperimentConfig run, ExperimentConfig now) {
    SortedMap<String, String> before = keys(run);
    SortedMap<String, String> after = keys(now);
    TreeSet<String> all = new TreeSet<>(before.keySet());
    all.addAll(after.keySet());
    List<Change> changes = new ArrayList<>();
    for (String key : all) {
      String was = before.getOrDefault(key, "absent");
      String is = after.getOrDefault(key, "absent");
      if (!was.equals(is)) {
        boolean scheduled = isScheduled(now.training()) && LENGTH.contains(key);
        changes.add(new Change(key, was, is, isFree(key) && !scheduled));
      }
    }
    return changes;
  }

  /**
   * Returns the keys in which experiments differ.
   *
   * @return by key, its value in each experiment; "absent" where it is not set
   */
  public static SortedMap<String, List<String>> among(List<ExperimentConfig> experiments) {
    List<SortedMap<String, String>> all = experiments.stream().map(ConfigDifference::keys).toList();
    TreeSet<String> names = new TreeSet<>();
    all.forEach(keys -> names.addAll(keys.keySet()));
    SortedMap<String, List<String>> differences = new TreeMap<>();
    for (String name : names) {
      List<String> values = all.stream().map(keys -> keys.getOrDefault(name, "absent")).toList();
      if (new TreeSet<>(values).size() > 1) {
        differences.put(name, values);
      }
    }
    return differences;
  }

  /** Returns the keys that may change, separated by commas. */
  static String free() {
    return String.join(", ", FREE);
  }

  /** Returns true if the learning rate of each step depends on the length of training. */
  private static boolean isScheduled(TrainingConfig training) {
    return training.schedule().config() instanceof FallConfig fall && fall.steps().isEmpty();
  }

  private static boolean isFree(String key) {
    return FREE.stream().anyMatch(free -> key.equals(free) || key.startsWith(free + "."));
  }

  private static SortedMap<String, String> keys(ExperimentConfig config) {
    SortedMap<String, String> keys = new TreeMap<>();
    try {
      flatten("", YAML.readTree(ConfigWriter.write(config)), keys);
    } catch (JsonProcessingException e) { // our own YAML
      throw new IllegalStateException(e);
    }
    keys.put("training.learning_rate", Double.toString(learningRate(config.training())));
    if (config.training().maxEpochs() != TrainingConfig.NO_LIMIT) {
      keys.put("training.epochs", Integer.toString(config.training().maxEpochs()));
    }
    if (config.model().output().isEmpty()) { // the default equals the explicit value
      keys.put("model.output.type", config.target().isVectors() ? "linear" : "softmax");
    }
    return keys;
  }

  /** Returns the learning rate; where it is not set, the optimizer's default. */
  private static double learningRate(TrainingConfig config) {
    return config
        .learningRate()
        .orElseGet(
            () ->
                config.optimizer().create(new ComponentContext(Path.of(""))).defaultLearningRate());
  }

  private static void flatten(String path, JsonNode node, Map<String, String> keys) {
    if (node.isObject()) {
      node.properties()
          .forEach(
              entry ->
                  flatten(
                      path.isEmpty() ? entry.getKey() : path + "." + entry.getKey(),
                      entry.getValue(),
                      keys));
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        flatten(path + "[" + i + "]", node.get(i), keys);
      }
    } else if (!node.isNull()) {
      keys.put(path, node.asText());
    }
  }
}
