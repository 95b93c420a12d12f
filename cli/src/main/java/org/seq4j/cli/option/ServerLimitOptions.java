package org.seq4j.cli.option;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.seq4j.serve.ServerOptions;
import picocli.CommandLine.Option;

/** Options that limit what clients of a server can ask for. */
public final class ServerLimitOptions {
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
      description =
          "Maximum size of a request's body, packed and unpacked, in bytes; by default 1000000.")
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
      names = "--max-connections",
      paramLabel = "N",
      description = "Maximum number of open connections (default 1024); further ones wait.")
  private int maxConnections = ServerOptions.Connections.DEFAULT.max();

  @Option(
      names = "--keep-alive",
      paramLabel = "SECONDS",
      description =
          "Time after which a connection without a request is closed, in seconds; by default 75,"
              + " longer than most proxies keep it.")
  private int keepAlive = (int) ServerOptions.Connections.DEFAULT.keepAlive().toSeconds();

  @Option(
      names = "--header-timeout",
      paramLabel = "SECONDS",
      description = "Maximum time for the head of a request to arrive, in seconds; by default 10.")
  private int headerTimeout = (int) ServerOptions.Connections.DEFAULT.headerTimeout().toSeconds();

  /** Returns an error message if the options are invalid. */
  public Optional<String> complaint() {
    Map<String, Integer> all = new LinkedHashMap<>();
    all.put("--queue", queue);
    all.put("--timeout", timeout);
    all.put("--max-body", maxBody);
    all.put("--max-text", maxText);
    all.put("--max-texts", maxTexts);
    all.put("--max-beam", maxBeam);
    all.put("--max-connections", maxConnections);
    all.put("--keep-alive", keepAlive);
    all.put("--header-timeout", headerTimeout);
    return all.entrySet().stream()
        .filter(option -> option.getValue() < 1)
        .findFirst()
        .map(
            option ->
                String.format(
                    Locale.ROOT,
                    "%s: expected a number of at least 1, got %d",
                    option.getKey(),
                    option.getValue()));
  }

  /** Returns the limits of requests. */
  public ServerOptions.Limits requests() {
    return new ServerOptions.Limits(
        maxBody, maxText, maxTexts, maxBeam, queue, Duration.ofSeconds(timeout));
  }

  /** Returns the limits of connections. */
  public ServerOptions.Connections connections() {
    return new ServerOptions.Connections(
        maxConnections, Duration.ofSeconds(keepAlive), Duration.ofSeconds(headerTimeout));
  }
}
