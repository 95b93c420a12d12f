package org.seq4j.cli.command;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.seq4j.cli.io.CommandException;
import org.seq4j.cli.io.Console;
import org.seq4j.cli.io.ErrorReport;
import org.seq4j.cli.option.ModelOptions;
import org.seq4j.cli.option.Plugins;
import org.seq4j.cli.option.SearchOptions;
import org.seq4j.cli.view.CutSources;
import org.seq4j.core.data.BadExampleException;
import org.seq4j.core.data.CorpusException;
import org.seq4j.core.data.TextValue;
import org.seq4j.core.plugin.ComponentException;
import org.seq4j.runtime.codec.FileCodec;
import org.seq4j.runtime.codec.SequenceFormatException;
import org.seq4j.runtime.codec.TextCodec;
import org.seq4j.runtime.error.RequestException;
import org.seq4j.runtime.search.SearchConfig;
import org.seq4j.runtime.text.HistoryConfig;
import org.seq4j.runtime.translate.Translation;
import org.seq4j.runtime.translate.Translator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code seq4j chat}. */
@Command(
    name = "chat",
    description = "Replies to each line of stdin, a user's turn, in view of the turns before it.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  seq4j chat runs/dialogue",
      "  printf 'Where is it?\\tINFORM city = Bath\\n' | seq4j chat runs/dialogue",
      "  seq4j chat runs/talk --set search.type=sampling",
      "",
      "The key source.history of the run's config tells how turns are joined. If a model's sources"
          + " have further columns, such as a system's actions, they follow the turn, each after a"
          + " tab. An empty line, or /reset, begins a new dialogue; its reply is an empty line. So"
          + " is that to a line with a mistake, which is reported, and is no part of the dialogue;"
          + " the exit status is then 1."
    })
public final class ChatCommand implements Callable<Integer> {
  private static final String RESET = "/reset";
  private static final String PROMPT = "> ";

  private final Console console;
  private final Plugins plugins;

  @Spec private CommandSpec spec;
  @Mixin private SearchOptions search;
  @Mixin private ModelOptions models;

  @Parameters(paramLabel = "RUN", description = "Folder of a run, for example runs/dialogue.")
  private Path run;

  @Inject
  ChatCommand(Console console, Plugins plugins) {
    this.console = console;
    this.plugins = plugins;
  }

  /** A dialogue with a model. */
  private record Dialogue(
      Translator model, SearchConfig search, HistoryConfig history, List<String> turns) {

    /** Returns the reply to a line, after which both are part of the dialogue. */
    Translation reply(String line) {
      HistoryConfig.Input input = HistoryConfig.Input.of(line);
      Translation translation =
          model.translate(List.of(history.source(turns, input)), search).get(0);
      turns.add(input.turn());
      turns.add(translation.best().text());
      return translation;
    }
  }

  @Override
  public Integer call() {
    search
        .complaint(Optional.empty())
        .or(() -> search.complaintOfNBest("only the best reply is written; omit it"))
        .or(models::complaint)
        .or(models::complaintOfNgram)
        .ifPresent(
            message -> {
              throw new ParameterException(spec.commandLine(), message);
            });
    try (Translator model = models.load(run, plugins.registry())) {
      ModelOptions.checkSource(run, model, "answer");
      if (!(model.source() instanceof TextCodec)) {
        String other = model.source() instanceof FileCodec ? "transcribe" : "translate";
        throw new CommandException(
            run + ": the sources of this model are not text: use seq4j " + other);
      }
      HistoryConfig history = model.history().orElseThrow(this::noHistory);
      if (!(model.target() instanceof TextCodec)) {
        throw new CommandException(run + ": this model's targets are vectors, not replies");
      }
      SearchConfig searching =
          search.of(run, plugins.registry(), Optional.of(1), spec.commandLine());
      model.warnings(searching).forEach(line -> console.err().println("warning: " + line));
      return talk(new Dialogue(model, searching, history, new ArrayList<>()));
    }
  }

  private CommandException noHistory() {
    return new CommandException(
        "%s: its config does not tell how the turns of a dialogue are joined: add the key history to the section source of %s as in the training data, for example history: {separator: ' <turn> ', turns: 3}"
            .formatted(run, run.resolve("config.yaml")));
  }

  private int talk(Dialogue dialogue) {
    CutSources cut = new CutSources(dialogue.model().source().maxLength());
    int status = ErrorReport.DONE;
    TextValue.Lines lines = new TextValue.Lines("stdin", console.in()); // the caller closes it
    while (true) {
      prompt();
      String reply = "";
      try {
        Optional<String> line = lines.next();
        if (line.isEmpty()) {
          break;
        }
        if (line.get().isBlank() || line.get().strip().equals(RESET)) {
          dialogue.turns().clear();
        } else {
          Translation translation = dialogue.reply(line.get());
          cut.count(translation);
          reply = translation.best().text();
        }
      } catch (IllegalStateException | RequestException | ComponentException e) {
        // the model outputs NaN, or does not support the search
        throw new CommandException(run + ": " + e.getMessage(), e);
      } catch (BadExampleException e) { // its message has the line
        console.err().println("seq4j: " + e.getMessage());
        status = ErrorReport.FAILED;
      } catch (SequenceFormatException | IllegalArgumentException e) {
        console.err().println("seq4j: " + lines.place() + ": " + e.getMessage());
        status = ErrorReport.FAILED;
      } catch (CorpusException e) {
        throw new CommandException(e.getMessage(), e);
      }
      console.out().println(reply);
      console.out().flush();
    }
    cut.warning().ifPresent(console.err()::println);
    return status;
  }

  private void prompt() {
    if (console.inIsTerminal()) {
      console.err().print(PROMPT);
      console.err().flush();
    }
  }
}
