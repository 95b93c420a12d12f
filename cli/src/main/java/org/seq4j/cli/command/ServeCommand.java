package org.seq4j.cli.command;

import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.seq4j.cli.io.CommandException;
import org.seq4j.cli.io.Console;
import org.seq4j.cli.io.ErrorReport;
import org.seq4j.cli.io.StopSignals;
import org.seq4j.cli.option.Plugins;
import org.seq4j.runtime.error.RequestException;
import org.seq4j.runtime.graph.scan.Precision;
import org.seq4j.runtime.io.AtomicFiles;
import org.seq4j.runtime.translate.Translator;
import org.seq4j.serve.ServedRuns;
import org.seq4j.serve.ServerOptions;
import org.seq4j.serve.TranslationServer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code seq4j serve}. */
@Command(
    name = "serve",
    description = "Answers requests over HTTP with the models of runs.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  seq4j serve runs/demo                then open http://127.0.0.1:8080/",
      "  seq4j serve de=runs/german en=runs/one,runs/two --port 9000 --token-file token.txt",
      "  curl -s localhost:8080/v1/translate -H 'Content-Type: application/json' \\",
      "    -d '{\"text\": \"hello\", \"search\": {\"n_best\": 3}}'",
      "",
      "/v1/translate, /v1/score, /v1/models, /v1/models/NAME/reload, /health, /ready,",
      "/metrics; /openapi.json describes them. The access log, a JSON object for each",
      "request, goes to stderr. Ctrl-C finishes what was taken, and ends."
    })
public final class ServeCommand implements Callable<Integer> {
  private final Console console;
  private final Plugins plugins;

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "[NAME=]RUN[,RUN]...",
      description =
          "Folders of runs; a model is called as its folder if no name is given. Several with commas"
              + " are models that predict each token together, under one name.")
  private List<String> runs;

  @Option(
      names = "--host",
      description = "Where to listen; by default 127.0.0.1, which other machines do not reach.")
  private String host = "127.0.0.1";

  @Option(names = "--port", description = "By default 8080; 0 for any that is free.")
  private int port = 8080;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "A file with a token that requests must carry as Authorization: Bearer TOKEN.")
  private Optional<Path> tokenFile = Optional.empty();

  @Option(names = "--precision", description = "As of seq4j translate: f32 (the default) or bf16.")
  private Precision precision = Precision.F32;

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      description =
          "Maximum number of texts, of several requests, that go through a model together; 64.")
  private int batchSize = 64;

  @Option(
      names = "--batch-wait",
      paramLabel = "MS",
      description =
          "How many milliseconds to wait for others while there are fewer; 0: none but those that"
              + " wait already.")
  private int batchWait;

  @Option(
      names = "--queue",
      paramLabel = "N",
      description =
          "Maximum number of requests being processed or queued; 256. Further ones get status 503.")
  private int queue = 256;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "Maximum time for an answer, and for a body to arrive; 30.")
  private int timeout = 30;

  @Option(
      names = "--max-body",
      paramLabel = "BYTES",
      description = "Maximum size of a body; 1000000.")
  private int maxBody = 1_000_000;

  @Option(
      names = "--max-text",
      paramLabel = "N",
      description = "Maximum number of characters of a text; 10000.")
  private int maxText = 10_000;

  @Option(
      names = "--max-texts",
      paramLabel = "N",
      description = "Maximum number of texts of a request; 128.")
  private int maxTexts = 128;

  @Option(
      names = "--max-beam",
      paramLabel = "N",
      description = "Maximum number of hypotheses that a request may ask for; 20.")
  private int maxBeam = 20;

  @Option(names = "--log-texts", description = "Write into the access log what users send and get.")
  private boolean logTexts;

  @Inject
  ServeCommand(Console console, Plugins plugins) {
    this.console = console;
    this.plugins = plugins;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    check();
    ServerOptions options =
        new ServerOptions(
            host,
            port,
            tokenFile.map(this::token),
            maxBody,
            maxText,
            maxTexts,
            maxBeam,
            queue,
            Duration.ofSeconds(timeout),
            logTexts);
    Translator.Batching batching = new Translator.Batching(batchSize, Duration.ofMillis(batchWait));
    ServedRuns models;
    try {
      models = ServedRuns.of(runs, precision);
    } catch (RequestException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
    try (TranslationServer server =
        models.serve(plugins.registry(), batching, options, console.err())) {
      StopSignals signals = StopSignals.listen(server::close);
      try {
        console
            .out()
            .println("serving " + String.join(", ", models.names()) + " at " + server.address());
        console.out().flush();
        server.join();
      } finally {
        signals.close();
      }
    } catch (IOException e) {
      throw new CommandException(
          "cannot listen at %s, port %d: %s".formatted(host, port, e.getMessage()), e);
    }
    return ErrorReport.DONE;
  }

  private void check() {
    positive("--batch-size", batchSize);
    positive("--queue", queue);
    positive("--timeout", timeout);
    positive("--max-body", maxBody);
    positive("--max-text", maxText);
    positive("--max-texts", maxTexts);
    positive("--max-beam", maxBeam);
    if (port < 0 || port > 65_535) {
      throw new ParameterException(
          spec.commandLine(), "--port: expected a number from 0 to 65535, got " + port);
    }
    if (batchWait > 0 && batchSize == 1) {
      throw new ParameterException(
          spec.commandLine(), "--batch-wait: a --batch-size of 1 waits for no others");
    }
    if (batchWait < 0 || batchWait > 10_000) {
      throw new ParameterException(
          spec.commandLine(), "--batch-wait: expected a number from 0 to 10000, got " + batchWait);
    }
  }

  private void positive(String option, int value) {
    if (value < 1) {
      throw new ParameterException(
          spec.commandLine(), option + ": expected a number of at least 1, got " + value);
    }
  }

  private String token(Path file) {
    try {
      String token = Files.readString(file).strip();
      if (token.length() < 8) {
        throw new CommandException(file + ": expected a token of at least 8 characters");
      }
      return token;
    } catch (IOException e) {
      throw new CommandException("cannot read " + file + ": " + AtomicFiles.reason(e), e);
    }
  }
}
