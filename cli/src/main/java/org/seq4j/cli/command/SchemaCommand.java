package org.seq4j.cli.command;

import com.google.inject.Inject;
import java.util.concurrent.Callable;
import org.seq4j.cli.io.Console;
import org.seq4j.cli.io.ErrorReport;
import org.seq4j.cli.option.Plugins;
import org.seq4j.cli.view.ReferencePage;
import org.seq4j.runtime.config.ConfigSchema;
import org.seq4j.trainer.experiment.ExperimentConfig;
import org.seq4j.trainer.sweep.SweepConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code seq4j schema}. */
@Command(
    name = "schema",
    description = {
      "Prints the JSON Schema of config files or sweep files, with the keys of plugins.",
      "Editors that support JSON Schema complete keys and names, show their documentation and mark"
          + " errors."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  seq4j schema > seq4j.schema.json",
      "  seq4j schema --sweep > sweep.schema.json",
      "  seq4j schema --markdown > keys.md",
      "",
      "The first line of a config file then refers to it:",
      "  # yaml-language-server: $schema=seq4j.schema.json"
    })
public final class SchemaCommand implements Callable<Integer> {
  private final Console console;
  private final Plugins plugins;

  @Option(names = "--sweep", description = "Describe sweep files.")
  private boolean sweep;

  @Option(
      names = "--markdown",
      description = "Write a reference of all keys to read, in Markdown, instead of a schema.")
  private boolean markdown;

  @Inject
  SchemaCommand(Console console, Plugins plugins) {
    this.console = console;
    this.plugins = plugins;
  }

  @Override
  public Integer call() {
    if (markdown) {
      console.out().print(ReferencePage.text(plugins.registry()));
    } else {
      Class<? extends Record> file = sweep ? SweepConfig.class : ExperimentConfig.class;
      String id = "https://seq4j.org/schema/%s.json".formatted(sweep ? "sweep" : "config");
      console.out().println(ConfigSchema.of(file, id, plugins.registry()).toPrettyString());
    }
    return ErrorReport.DONE;
  }
}
