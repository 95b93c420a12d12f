package org.seq4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.seq4j.serve.ServerOptions;

/** Tests of the start of a server, its readiness, its end, and its connections. */
@Timeout(300)
final class ServeStartTest {
  @TempDir static Path folder;
  private static Path run;

  @BeforeAll
  static void train() throws IOException {
    run = ToyRun.write(folder.resolve("toy"));
  }

  private static ServerOptions options(
      int port, ServerOptions.Connections connections, Duration drain) {
    ServerOptions plain = ServedModels.options(50, Duration.ofSeconds(20), Optional.empty());
    return new ServerOptions(
        "127.0.0.1",
        port,
        Optional.empty(),
        Set.of(),
        false,
        plain.limits(),
        connections,
        drain,
        false);
  }

  @Test
  void aPortThatIsTakenIsToldBeforeModelsAreLoaded() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CommandRun refused =
          CommandRun.of("serve", folder.resolve("nothing"), "--port", taken.getLocalPort());
      assertThat(refused.status()).isEqualTo(1);
      assertThat(refused.err())
          .isEqualTo(
              "seq4j: cannot listen at 127.0.0.1, port "
                  + taken.getLocalPort()
                  + ": another program listens there; choose another port with --port\n");
    }
  }

  /** While models are loaded, the server is up, but not ready. */
  @Test
  void itIsReadyAfterTheFirstTranslation() throws Exception {
    int port;
    try (ServerSocket any = new ServerSocket(0)) {
      port = any.getLocalPort();
    }
    CompletableFuture<ServedModels> starting =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return new ServedModels(
                    options(port, ServerOptions.Connections.DEFAULT, Duration.ZERO), run);
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });
    int loading = 0;
    Integer ready = 0;
    while (ready != 200) {
      ready = status(port, "/ready");
      if (ready == 503) {
        assertThat(status(port, "/health")).isEqualTo(200);
        loading++;
      }
    }
    assertThat(loading).isPositive();
    try (ServedModels served = starting.get(1, TimeUnit.MINUTES)) {
      // one batch: the translation that warms the model up
      assertThat(served.get("/metrics").body()).contains("seq4j_batches_total{model=\"toy\"} 1.0");
    }
  }

  /** Returns the status of a path; 0 if nobody listens yet. */
  private static int status(int port, String path) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
    try {
      return HttpClient.newHttpClient()
          .send(request, HttpResponse.BodyHandlers.discarding())
          .statusCode();
    } catch (IOException e) {
      return 0;
    }
  }

  @Test
  void whileItDrainsItAnswersButIsNotReady() throws Exception {
    ServedModels served =
        new ServedModels(options(0, ServerOptions.Connections.DEFAULT, Duration.ofSeconds(3)), run);
    int port = served.server.address().getPort();
    long begun = System.nanoTime();
    CompletableFuture<Void> closing = CompletableFuture.runAsync(served::close);
    while (served.get("/ready").statusCode() == 200) {
      assertThat(closing).isNotDone();
    }
    HttpResponse<String> ready = served.get("/ready");
    assertThat(ready.statusCode()).isEqualTo(503);
    assertThat(ready.body()).contains("stopping");
    assertThat(served.post("/v1/translate", "{\"text\": \"a\"}").statusCode()).isEqualTo(200);
    closing.get(1, TimeUnit.MINUTES);
    assertThat(System.nanoTime() - begun).isGreaterThan(TimeUnit.SECONDS.toNanos(3));
    assertThat(status(port, "/health")).isZero();
  }

  /** Many clients that send a header letter by letter lose their connections; others do not. */
  @Test
  void slowClientsLoseTheirConnections() throws Exception {
    ServerOptions.Connections connections =
        new ServerOptions.Connections(400, Duration.ofSeconds(60), Duration.ofSeconds(1));
    try (ServedModels served = new ServedModels(options(0, connections, Duration.ZERO), run)) {
      int port = served.server.address().getPort();
      List<Socket> slow = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        slow.add(new Socket(InetAddress.getLoopbackAddress(), port));
      }
      Socket idle = new Socket(InetAddress.getLoopbackAddress(), port);
      String request = "GET /health HTTP/1.1\r\nHost: x\r\n\r\n";
      answered(idle, request);
      long open = 300;
      for (int second = 0; second < 20 && open > 0; second++) {
        open = 0;
        for (Socket socket : slow) {
          try {
            socket.getOutputStream().write(request.charAt(second));
            open += socket.getInputStream().available() >= 0 ? 1 : 0;
          } catch (IOException e) {
            // the server hung up
          }
        }
        TimeUnit.MILLISECONDS.sleep(500);
        assertThat(served.get("/health").statusCode()).isEqualTo(200);
      }
      assertThat(open).isZero();
      answered(idle, request); // it waited between two requests, which is no offence
      idle.close();
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  private static void answered(Socket socket, String request) throws IOException {
    socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
    byte[] answer = socket.getInputStream().readNBytes(15);
    assertThat(new String(answer, StandardCharsets.UTF_8)).isEqualTo("HTTP/1.1 200 OK");
    while (socket.getInputStream().available() > 0) {
      socket.getInputStream().skipNBytes(1);
    }
  }

  @Test
  void aConnectionWithoutARequestIsClosedInTime() throws Exception {
    ServerOptions.Connections connections =
        new ServerOptions.Connections(400, Duration.ofSeconds(1), Duration.ofSeconds(10));
    try (ServedModels served = new ServedModels(options(0, connections, Duration.ZERO), run);
        Socket socket =
            new Socket(InetAddress.getLoopbackAddress(), served.server.address().getPort())) {
      answered(socket, "GET /health HTTP/1.1\r\nHost: x\r\n\r\n");
      socket.setSoTimeout(10_000);
      while (socket.getInputStream().read() >= 0) {
        // the rest of the answer
      }
    }
  }
}
