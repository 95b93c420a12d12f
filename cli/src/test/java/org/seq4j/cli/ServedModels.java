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
import java.util.Optional;
import java.util.stream.Stream;
import org.seq4j.runtime.graph.scan.Precision;
import org.seq4j.runtime.plugin.PluginLoader;
import org.seq4j.runtime.translate.Translator;
import org.seq4j.serve.ServedRuns;
import org.seq4j.serve.ServerOptions;
import org.seq4j.serve.TranslationServer;

/** A server in this process, and a client of it. */
final class ServedModels implements AutoCloseable {
  static final ObjectMapper JSON = new ObjectMapper();

  final ByteArrayOutputStream log = new ByteArrayOutputStream();
  final TranslationServer server;
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

  /** Serves folders of runs, or words as they are typed. */
  ServedModels(ServerOptions options, Object... runs) throws IOException {
    server =
        ServedRuns.of(Stream.of(runs).map(Object::toString).toList(), Precision.F32)
            .serve(
                new PluginLoader().classPath(),
                new Translator.Batching(32, Duration.ofMillis(2)),
                options,
                new PrintStream(log, true, StandardCharsets.UTF_8));
  }

  /** Small limits, so that tests reach them. */
  static ServerOptions options(int queue, Duration timeout, Optional<String> token) {
    return new ServerOptions("127.0.0.1", 0, token, 20_000, 200, 40, 8, queue, timeout, false);
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

  String logged() {
    return log.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    server.close();
  }
}
