package org.seq4j.cli.command;

import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.seq4j.cli.io.CommandException;
import org.seq4j.cli.io.Console;
import org.seq4j.cli.io.ErrorReport;
import org.seq4j.cli.io.LibraryLog;
import org.seq4j.cli.io.StopSignals;
import org.seq4j.cli.io.TextFiles;
import org.seq4j.cli.option.NgramCandidates;
import org.seq4j.cli.option.Plugins;
import org.seq4j.cli.option.ServerLimitOptions;
import org.seq4j.runtime.error.RequestException;
import org.seq4j.runtime.graph.scan.Precision;
import org.seq4j.runtime.translate.Translator;
import org.seq4j.serve.ServedRuns;
import org.seq4j.serve.ServerLog;
import org.seq4j.serve.ServerOptions;
import org.seq4j.serve.TranslationServer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
      "/openapi.json describes the API; /health, /ready and /metrics are for monitoring. The log,"
          + " one JSON object per line, goes to stderr. Ctrl-C stops the server after it has"
          + " answered the accepted requests. docs/operating.md tells more."
    })
public final class ServeCommand implements Callable<Integer> {
  private final Console console;
  private final Plugins plugins;

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..*",
      paramLabel = "MODEL",
      description =
          "Models to serve, each a RUN, NAME=RUN or an ensemble NAME=RUN,RUN: RUN is the folder of a"
              + " run, and NAME the model's name, by default that of the folder. RUN:NUMBER has a"
              + " weight, by default 1. Beside runs, one may be the file of a joint n-gram model.")
  private List<String> runs = new ArrayList<>();

  @Option(
      names = "--models",
      paramLabel = "FOLDER",
      description =
          "Folder of runs to serve in addition, each by the name of its folder. With a token,"
              + " models can be loaded and unloaded while the server runs.")
  private Optional<Path> folder = Optional.empty();

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

  @Mixin private ServerLimitOptions limits = new ServerLimitOptions();

  @Option(
      names = "--cors",
      paramLabel = "ORIGIN",
      split = ",",
      description =
          "Origins whose pages may use the API, for example https://example.org, separated by"
              + " commas; * stands for all. By default none.")
  private List<String> origins = new ArrayList<>();

  @Option(
      names = "--behind-proxy",
      description =
          "Log the address that the proxy in front of the server adds to X-Forwarded-For as the"
              + " client.")
  private boolean behindProxy;

  @Option(
      names = "--drain",
      paramLabel = "SECONDS",
      description =
          "Time between SIGTERM and the end, in which /ready says no, but requests are answered,"
              + " in seconds; by default 0.")
  private int drain;

  @Option(
      names = "--log-texts",
      description = "Include the bodies of requests and responses in the log.")
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
            Set.copyOf(origins),
            behindProxy,
            limits.requests(),
            limits.connections(),
            Duration.ofSeconds(drain),
            logTexts);
    ServerLog log = new ServerLog(console.err(), logTexts);
    LibraryLog libraries = LibraryLog.redirect(log);
    try {
      serve(models(), options, log);
    } catch (IOException | UnresolvedAddressException e) {
      throw new CommandException(
          String.format(Locale.ROOT, "cannot listen at %s, port %d: %s", host, port, reason(e)), e);
    } finally {
      libraries.close();
    }
    return ErrorReport.DONE;
  }

  private ServedRuns models() {
    try {
      ServedRuns models = ServedRuns.of(runs, precision, NgramCandidates::joining);
      return folder.map(models::with).orElse(models);
    } catch (RequestException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private void serve(ServedRuns models, ServerOptions options, ServerLog log)
      throws IOException, InterruptedException {
    Translator.Batching batching = new Translator.Batching(batchSize, Duration.ofMillis(batchWait));
    try (TranslationServer server = models.serve(plugins.registry(), batching, options, log)) {
      StopSignals signals = StopSignals.listen(server::close);
      try {
        console
            .out()
            .println("serving " + String.join(", ", server.models()) + " at " + server.address());
        console.out().flush();
        server.join();
      } finally {
        signals.close();
      }
    }
  }

  private static String reason(Exception e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    if (cause instanceof UnresolvedAddressException) {
      return "there is no such host";
    }
    String reason = String.valueOf(cause.getMessage());
    if (reason.contains("already in use")) {
      return "another program listens there; choose another port with --port";
    }
    return reason.contains("assign requested address")
        ? "this machine has no such address; give one of its own with --host"
        : reason;
  }

  private void check() {
    if (runs.isEmpty() && folder.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "expected MODEL, such as the folder of a run, or --models FOLDER");
    }
    if (folder.isPresent() && !Files.isDirectory(folder.get())) {
      throw new ParameterException(
          spec.commandLine(), "--models %s: there is no such folder".formatted(folder.get()));
    }
    limits
        .complaint()
        .ifPresent(
            complaint -> {
              throw new ParameterException(spec.commandLine(), complaint);
            });
    if (batchSize < 1) {
      throw new ParameterException(
          spec.commandLine(), "--batch-size: expected a number of at least 1, got " + batchSize);
    }
    if (drain < 0) {
      throw new ParameterException(
          spec.commandLine(), "--drain: expected a number of at least 0, got " + drain);
    }
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

  private String token(Path file) {
    String token = String.join("\n", TextFiles.lines(file)).strip();
    if (token.length() < 8) {
      throw new CommandException(file + ": expected a token of at least 8 characters");
    }
    return token;
  }
}
