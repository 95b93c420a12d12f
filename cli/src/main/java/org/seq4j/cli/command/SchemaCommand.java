package org.seq4j.cli.command;

import com.google.inject.Inject;
import java.util.concurrent.Callable;
import org.seq4j.cli.io.Console;
import org.seq4j.cli.io.ErrorReport;
import org.seq4j.cli.option.Plugins;
import org.seq4j.runtime.config.ConfigSchema;
import org.seq4j.trainer.experiment.ExperimentConfig;
import picocli.CommandLine.Command;

/** {@code seq4j schema}. */
@Command(
    name = "schema",
    description = {
      "Prints the JSON Schema of config files, including the keys of plugins.",
      "Editors that support JSON Schema complete keys and names, show their documentation and mark"
          + " errors."
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  seq4j schema > seq4j.schema.json",
      "",
      "The first line of a config file then refers to it:",
      "  # yaml-language-server: $schema=seq4j.schema.json"
    })
public final class SchemaCommand implements Callable<Integer> {
  private final Console console;
  private final Plugins plugins;

  @Inject
  SchemaCommand(Console console, Plugins plugins) {
    this.console = console;
    this.plugins = plugins;
  }

  @Override
  public Integer call() {
    console
        .out()
        .println(ConfigSchema.of(ExperimentConfig.class, plugins.registry()).toPrettyString());
    return ErrorReport.DONE;
  }
}
