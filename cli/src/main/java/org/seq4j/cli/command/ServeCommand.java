package org.seq4j.cli.command;

import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
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
    description = "Serves models over HTTP: a JSON API, and a web page to try them.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  seq4j serve runs/demo                then open http://127.0.0.1:8080/",
      "  seq4j serve de=runs/german en=runs/one,runs/two --token-file token.txt",
      "  curl -s localhost:8080/v1/translate -H 'Content-Type: application/json' \\",
      "    -d '{\"text\": \"hello\", \"search\": {\"n_best\": 3}}'",
      "",
      "Endpoints: /v1/translate, /v1/score, /v1/models, /v1/models/NAME/reload, /health, /ready,"
          + " /metrics; /openapi.json describes them. The access log, one JSON object per request,"
          + " goes"
          + " to stderr. Ctrl-C stops the server after it has answered the accepted requests."
    })
public final class ServeCommand implements Callable<Integer> {
  private final Console console;
  private final Plugins plugins;

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "MODEL",
      description =
          "Models to serve, each a RUN, NAME=RUN or an ensemble NAME=RUN,RUN: RUN is the folder of a"
              + " run, and NAME the model's name, by default that of the folder.")
  private List<String> runs;

  @Option(
      names = "--host",
      paramLabel = "HOST",
      description =
          "Address to listen on; by default 127.0.0.1, which other machines cannot reach.")
  private String host = "127.0.0.1";

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Port to listen on; by default 8080. 0: any free port.")
  private int port = 8080;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description =
          "File with an access token. Requests must send it in the header Authorization: Bearer"
              + " TOKEN.")
  private Optional<Path> tokenFile = Optional.empty();

  @Option(
      names = "--precision",
      paramLabel = "NUMBERS",
      description =
          "Number format of products with weights, as in seq4j translate: f32 (default) or bf16.")
  private Precision precision = Precision.F32;

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      description =
          "Maximum number of texts in a batch, by default 64; requests are batched together.")
  private int batchSize = 64;

  @Option(
      names = "--batch-wait",
      paramLabel = "MS",
      description =
          "Maximum time to wait for more texts while a batch is not full, in milliseconds. By"
              + " default"
              + " 0: a batch contains only the texts that are waiting already.")
  private int batchWait;

  @Option(
      names = "--queue",
      paramLabel = "N",
      description =
          "Maximum number of requests being processed or queued (default 256); further ones get"
              + " status 503.")
  private int queue = 256;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "Maximum time to receive and answer a request, in seconds; by default 30.")
  private int timeout = 30;

  @Option(
      names = "--max-body",
      paramLabel = "BYTES",
      description = "Maximum size of a request's body, in bytes; by default 1000000.")
  private int maxBody = 1_000_000;

  @Option(
      names = "--max-text",
      paramLabel = "N",
      description = "Maximum length of a text, in characters; by default 10000.")
  private int maxText = 10_000;

  @Option(
      names = "--max-texts",
      paramLabel = "N",
      description = "Maximum number of texts in a request; by default 128.")
  private int maxTexts = 128;

  @Option(
      names = "--max-beam",
      paramLabel = "N",
      description = "Maximum number of hypotheses for a text; by default 20.")
  private int maxBeam = 20;

  @Option(
      names = "--log-texts",
      description = "Include the bodies of requests and responses in the access log.")
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
          String.format(
              Locale.ROOT, "cannot listen at %s, port %d: %s", host, port, e.getMessage()),
          e);
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
          spec.commandLine(),
          "--batch-wait: with a --batch-size of 1 there is nothing to wait for");
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
