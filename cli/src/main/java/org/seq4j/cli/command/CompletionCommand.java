package org.seq4j.cli.command;

import jakarta.inject.Inject;
import java.util.concurrent.Callable;
import org.seq4j.cli.io.Console;
import org.seq4j.cli.io.ErrorReport;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code seq4j completion}. */
@Command(
    name = "completion",
    description = "Prints a script that completes commands and options in Bash and Zsh.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  source <(seq4j completion)",
      "  seq4j completion > ~/.local/share/bash-completion/completions/seq4j"
    })
public final class CompletionCommand implements Callable<Integer> {
  private final Console console;

  @Spec private CommandSpec spec;

  @Inject
  CompletionCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    console.out().print(AutoComplete.bash("seq4j", spec.root().commandLine()));
    return ErrorReport.DONE;
  }
}
