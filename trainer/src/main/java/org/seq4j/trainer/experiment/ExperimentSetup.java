package org.seq4j.trainer.experiment;

import com.google.inject.Module;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.runtime.config.ConfigException;
import org.seq4j.runtime.config.ConfigProblem;
import org.seq4j.runtime.config.ConfigReader;
import org.seq4j.runtime.config.ConfigRecords;
import org.seq4j.runtime.config.ConfigTree;
import org.seq4j.runtime.io.RunException;
import org.seq4j.runtime.plugin.ComponentRegistry;
import org.seq4j.runtime.run.RunDirectory;
import org.seq4j.trainer.wiring.ExperimentParts;
import org.seq4j.trainer.wiring.ExperimentSettings;
import org.seq4j.trainer.wiring.ExperimentWiring;

/**
 * A validated experiment config and the parts made from it.
 *
 * @param config the config, with absolute paths
 * @param context the folder that relative paths start from
 * @param registry the components that the config may name
 * @param tree the tree that the config was read from; empty for a config built by a program
 * @param parts the parts made from the config
 */
record ExperimentSetup(
    ExperimentConfig config,
    ComponentContext context,
    ComponentRegistry registry,
    Optional<ConfigTree> tree,
    ExperimentParts parts) {

  /** Reads a config file and checks all that can be checked before data are read. */
  static ExperimentSetup load(
      ConfigReader reader,
      Path config,
      ComponentRegistry registry,
      List<String> overrides,
      List<Module> modules) {
    ConfigTree tree = reader.read(config, overrides);
    ExperimentConfig bound = reader.bind(tree, ExperimentConfig.class);
    ComponentContext context = new ComponentContext(config.toAbsolutePath().getParent());
    ExperimentWiring wiring = wiring(bound, context, registry, modules);
    List<ConfigProblem> problems = ExperimentCheck.problems(bound, tree, context, wiring.formats());
    if (!problems.isEmpty()) {
      throw new ConfigException(config, problems);
    }
    return of(bound, context, registry, Optional.of(tree), wiring);
  }

  /** Reads the config from the folder of a run, without checking that its data files exist. */
  static ExperimentSetup ofRun(
      Path run, ComponentRegistry registry, List<String> overrides, List<Module> modules) {
    RunDirectory directory = existing(run);
    ConfigReader reader = directory.configReader(registry);
    ConfigTree tree = directory.configTree(reader, overrides);
    ExperimentConfig bound = reader.bind(tree, ExperimentConfig.class);
    ComponentContext context = new ComponentContext(directory.path());
    return of(
        bound, context, registry, Optional.of(tree), wiring(bound, context, registry, modules));
  }

  /** Adds the components that the config was made of: its runs can be read only with them. */
  static ExperimentSetup of(
      ExperimentConfig config, Path directory, ComponentRegistry given, List<Module> modules) {
    ComponentContext context = new ComponentContext(directory);
    ComponentRegistry registry = given.with(ConfigRecords.components(config));
    return of(
        config, context, registry, Optional.empty(), wiring(config, context, registry, modules));
  }

  private static ExperimentSetup of(
      ExperimentConfig given,
      ComponentContext context,
      ComponentRegistry registry,
      Optional<ConfigTree> tree,
      ExperimentWiring wiring) {
    ExperimentConfig config = given.withAbsolutePaths(context.directory());
    return new ExperimentSetup(config, context, registry, tree, wiring.parts());
  }

  private static ExperimentWiring wiring(
      ExperimentConfig given,
      ComponentContext context,
      ComponentRegistry registry,
      List<Module> modules) {
    return ExperimentWiring.of(
        context, registry, () -> settings(given.withAbsolutePaths(context.directory())), modules);
  }

  private static ExperimentSettings settings(ExperimentConfig config) {
    return new ExperimentSettings(
        config.seed(), config.data(), config.translation(), config.training(), config.evaluation());
  }

  /**
   * Returns the folder of a run.
   *
   * @throws RunException if the folder holds no run
   */
  static RunDirectory existing(Path run) {
    RunDirectory directory = new RunDirectory(run);
    if (!directory.exists()) {
      throw new RunException(
          run + " is not the folder of a run: it has no " + directory.config().getFileName());
    }
    return directory;
  }
}
