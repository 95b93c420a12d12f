package org.seq4j.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.seq4j.cli.option.NgramCandidates;
import org.seq4j.runtime.graph.scan.Precision;
import org.seq4j.runtime.plugin.ComponentRegistry;
import org.seq4j.runtime.plugin.PluginLoader;
import org.seq4j.runtime.translate.Translator;
import org.seq4j.serve.ServedRuns;
import org.seq4j.serve.ServerLog;
import org.seq4j.serve.ServerOptions;
import org.seq4j.serve.TranslationServer;

/** A server in this process, and a client of it. */
final class ServedModels implements AutoCloseable {
  static final ObjectMapper JSON = new ObjectMapper();

  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  final TranslationServer server;
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

  /** Serves folders of runs, or words as they are typed. */
  ServedModels(ServerOptions options, Object... runs) throws IOException {
    this(
        options,
        ServedRuns.of(
            Stream.of(runs).map(Object::toString).toList(),
            Precision.F32,
            NgramCandidates::joining));
  }

  /** Serves runs. */
  ServedModels(ServerOptions options, ServedRuns runs) throws IOException {
    this(options, runs, new PluginLoader().classPath());
  }

  /** Serves runs with the components of a registry. */
  ServedModels(ServerOptions options, ServedRuns runs, ComponentRegistry registry)
      throws IOException {
    server =
        runs.serve(
            registry,
            new Translator.Batching(32, Duration.ofMillis(2)),
            options,
            new ServerLog(new PrintStream(log, true, StandardCharsets.UTF_8), options.logTexts()));
  }

  /** Small limits, so that tests reach them. */
  static ServerOptions options(int queue, Duration timeout, Optional<String> token) {
    return ServerOptions.of(
        "127.0.0.1", 0, token, new ServerOptions.Limits(20_000, 200, 40, 8, queue, timeout));
  }

  URI at(String path) {
    return server.address().resolve(path);
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(at(path)).timeout(Duration.ofSeconds(60));
  }

  HttpResponse<String> get(String path) throws IOException {
    return send(request(path).GET().build());
  }

  HttpResponse<String> post(String path, String body) throws IOException {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  HttpResponse<String> send(HttpRequest request) throws IOException {
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static JsonNode json(HttpResponse<String> response) throws IOException {
    return JSON.readTree(response.body());
  }

  /** The log so far. */
  List<JsonNode> log() throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : logged().lines().toList()) {
      lines.add(JSON.readTree(line));
    }
    return lines;
  }

  String logged() {
    return log.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    server.close();
  }
}
