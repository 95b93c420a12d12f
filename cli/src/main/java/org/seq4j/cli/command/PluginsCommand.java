package org.seq4j.cli.command;

import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.seq4j.cli.io.Console;
import org.seq4j.cli.io.ErrorReport;
import org.seq4j.cli.option.Plugins;
import org.seq4j.cli.view.ComponentHelp;
import org.seq4j.cli.view.Table;
import org.seq4j.runtime.config.key.ComponentKind;
import org.seq4j.runtime.plugin.ComponentRegistry;
import org.seq4j.runtime.plugin.LoadedPlugins;
import org.seq4j.runtime.plugin.PluginException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code seq4j plugins}. */
@Command(
    name = "plugins",
    description = "Lists and describes components: the types that a config file can name.",
    synopsisSubcommandLabel = "[list | describe KIND NAME]",
    footerHeading = "%nExamples:%n",
    footer = {
      "  seq4j plugins list",
      "  seq4j plugins describe attention luong",
      "",
      "A plugin is a jar, or a folder of jars, in the folder plugins of the distribution."
    })
public final class PluginsCommand implements Callable<Integer> {
  private final Console console;
  private final Plugins plugins;

  @Spec private CommandSpec spec;

  @Inject
  PluginsCommand(Console console, Plugins plugins) {
    this.console = console;
    this.plugins = plugins;
  }

  /** Lists the components if no subcommand is given. */
  @Override
  public Integer call() {
    return list();
  }

  @Command(
      name = "list",
      description = "Lists the components by kind, with their origins.",
      footer = {
        "",
        "If a plugin cannot be used, the others are listed, the problem goes to stderr, and the"
            + " exit status is 1."
      })
  int list() {
    Table table = new Table("kind", "name", "from");
    LoadedPlugins usable = plugins.usable();
    usable
        .registry()
        .entries()
        .forEach(entry -> table.add(entry.kind().name(), entry.name(), entry.origin().toString()));
    table.lines().forEach(console.out()::println);
    if (usable.problems().isEmpty()) {
      return ErrorReport.DONE;
    }
    console.err().println("seq4j: " + new PluginException(usable.problems()).getMessage());
    return ErrorReport.FAILED;
  }

  @Command(
      name = "describe",
      description = "Describes the keys of a component, and prints a snippet of a config file.",
      footerHeading = "%nExample:%n",
      footer = "  seq4j plugins describe attention luong")
  int describe(
      @Parameters(paramLabel = "KIND", description = "Kind of component, for example attention.")
          String kind,
      @Parameters(
              paramLabel = "NAME",
              description = "Name of the component; see seq4j plugins list.")
          String name) {
    ComponentRegistry.Entry<?> entry = find(kind, name);
    new ComponentHelp(entry).lines().forEach(console.out()::println);
    return ErrorReport.DONE;
  }

  private ComponentRegistry.Entry<?> find(String kind, String name) {
    List<ComponentKind<?>> kinds = plugins.registry().kinds();
    ComponentKind<?> known =
        kinds.stream()
            .filter(one -> one.name().equals(kind))
            .findFirst()
            .orElseThrow(
                () ->
                    wrong(
                        "there is no kind '%s'. Known: %s"
                            .formatted(
                                kind,
                                kinds.stream()
                                    .map(ComponentKind::name)
                                    .collect(Collectors.joining(", ")))));
    Optional<? extends ComponentRegistry.Entry<?>> found = plugins.registry().find(known, name);
    return found.orElseThrow(
        () ->
            wrong(
                "there is no %s '%s'. Known: %s"
                    .formatted(kind, name, plugins.registry().listing(known))));
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.subcommands().get("describe"), message);
  }
}
