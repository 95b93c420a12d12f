package org.seq4j.cli.debian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.seq4j.cli.io.Console;
import org.seq4j.cli.view.TransferProgress;
import org.seq4j.trainer.data.corpus.DataException;

@Timeout(60)
class FetcherTest {
  private final CountDownLatch end = new CountDownLatch(1);
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
  }

  @AfterEach
  void stop() {
    end.countDown();
    server.stop(0);
  }

  private Fetcher fetcher(Map<String, String> environment) {
    return fetcher(environment, false, Duration.ofSeconds(50));
  }

  private Fetcher fetcher(Map<String, String> environment, boolean terminal, Duration patience) {
    Console console =
        new Console(
            new ByteArrayInputStream(new byte[0]),
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false,
            false,
            terminal,
            40,
            "seq4j",
            List::of);
    return new Fetcher(
        new EnvironmentProxies(environment, property -> null),
        new TransferProgress(console),
        patience);
  }

  private URI serve(HttpHandler handler) {
    server.createContext("/", handler);
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/x");
  }

  private static void send(HttpExchange exchange, String text) throws IOException {
    try (exchange) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  @Test
  void aProxyIsAskedForHostsThatItKnows() throws IOException {
    serve(exchange -> send(exchange, "by proxy: " + exchange.getRequestURI()));
    String proxy = "http://127.0.0.1:" + server.getAddress().getPort();
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    int status =
        fetcher(Map.of("http_proxy", proxy))
            .fetch(URI.create("http://mirror.invalid/debian/x"), out);

    assertThat(status).isEqualTo(200);
    assertThat(out).hasToString("by proxy: http://mirror.invalid/debian/x");
  }

  @Test
  void aBadProxyIsTold() {
    assertThatThrownBy(
            () ->
                fetcher(Map.of("http_proxy", "http://me:secret@"))
                    .fetch(URI.create("http://mirror.invalid/x"), OutputStream.nullOutputStream()))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("the environment variable http_proxy: expected");
  }

  @Test
  void aTransferWithoutDataGivesUp() {
    Fetcher impatient = fetcher(Map.of(), false, Duration.ofSeconds(1));
    URI uri =
        serve(
            exchange -> {
              exchange.sendResponseHeaders(200, 1000);
              exchange.getResponseBody().write(1);
              exchange.getResponseBody().flush();
              try {
                end.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    assertThatThrownBy(() -> impatient.fetch(uri, OutputStream.nullOutputStream()))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("cannot fetch " + uri + ": no data for 1 second. Check");
  }

  @Test
  void aHostThatIsUnknownIsTold() {
    URI uri = URI.create("http://mirror.invalid/x");
    assertThatThrownBy(() -> fetcher(Map.of()).fetch(uri, OutputStream.nullOutputStream()))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("cannot fetch " + uri + ": no such host. Check the address");
  }

  @Test
  void aStreamThatCannotBeWrittenIsNoFaultOfTheNetwork() {
    URI uri = serve(exchange -> send(exchange, "text"));
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int one) throws IOException {
            throw new IOException("No space left on device");
          }
        };
    assertThatThrownBy(() -> fetcher(Map.of()).fetch(uri, full))
        .isInstanceOf(IOException.class)
        .hasMessage("No space left on device");
  }

  @Test
  void aTerminalShowsTheBytesSoFarInItsLastLine() throws IOException {
    URI uri =
        serve(
            exchange -> {
              exchange.sendResponseHeaders(200, 2_000_000);
              exchange.getResponseBody().write(new byte[1_500_000]);
              exchange.getResponseBody().flush();
              while (!err.toString(StandardCharsets.UTF_8).contains("1.5 of 2.0")) {
                Thread.onSpinWait();
              }
              exchange.getResponseBody().write(new byte[500_000]);
              exchange.close();
            });

    fetcher(Map.of(), true, Duration.ofSeconds(50)).fetch(uri, OutputStream.nullOutputStream());

    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("\r1.5 of 2.0 MB  http://127.0.0.1:")
        .contains("fetched " + uri + ", 2.0 MB");
  }
}
