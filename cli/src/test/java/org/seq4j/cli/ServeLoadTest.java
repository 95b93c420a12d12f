package org.seq4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The server under load, and with requests that are none; the long forms are slow. */
@Timeout(900)
final class ServeLoadTest {
  private static final int CLIENTS = 64;
  private static final String HEAD =
      "POST /v1/translate HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";

  @TempDir static Path folder;
  private static Path run;

  @BeforeAll
  static void train() throws IOException {
    run = ToyRun.write(folder.resolve("toy"));
  }

  /** What came back. */
  private record Answers(List<Integer> statuses, List<Double> seconds) {

    Answers() {
      this(new ArrayList<>(), new ArrayList<>());
    }

    void addAll(Answers others) {
      statuses.addAll(others.statuses());
      seconds.addAll(others.seconds());
    }

    double percentile(double share) {
      double[] sorted = seconds.stream().mapToDouble(it -> it).sorted().toArray();
      return sorted[(int) (share * (sorted.length - 1))];
    }
  }

  /** A text of up to so many letters. */
  private static String body(Random random, int longest) {
    StringBuilder text = new StringBuilder();
    random.ints(1 + random.nextInt(longest), 'a', 'e').forEach(it -> text.append((char) it));
    return "{\"text\": \"" + text + "\"}";
  }

  private static Answers load(ServedModels served, Duration time, int longest)
      throws InterruptedException, ExecutionException {
    long end = System.nanoTime() + time.toNanos();
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    try {
      List<Future<Answers>> all = new ArrayList<>();
      for (int client = 0; client < CLIENTS; client++) {
        Random random = new Random(client);
        all.add(
            clients.submit(
                () -> {
                  Answers answers = new Answers();
                  while (System.nanoTime() < end) {
                    long begun = System.nanoTime();
                    answers
                        .statuses()
                        .add(served.post("/v1/translate", body(random, longest)).statusCode());
                    answers.seconds().add((System.nanoTime() - begun) / 1e9);
                  }
                  return answers;
                }));
      }
      Answers together = new Answers();
      for (Future<Answers> one : all) {
        together.addAll(one.get());
      }
      return together;
    } finally {
      clients.shutdownNow();
    }
  }

  private static double figure(ServedModels served, String name) throws IOException {
    return served
        .get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(name))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private static void steadyLoad(Duration time) throws Exception {
    try (ServedModels served =
        new ServedModels(
            ServedModels.options(200, Duration.ofSeconds(20), Optional.empty()), run)) {
      load(served, Duration.ofSeconds(3), 20); // until the code is compiled
      System.gc();
      long before = nativeBytes();
      double batches = figure(served, "seq4j_batches_total");
      double texts = figure(served, "seq4j_batched_texts_total");
      Answers answers = load(served, time, 20);
      System.gc();
      long grown = nativeBytes() - before;
      double fill =
          (figure(served, "seq4j_batched_texts_total") - texts)
              / (figure(served, "seq4j_batches_total") - batches);
      System.out.printf(
          Locale.ROOT,
          "%d clients, %d s: %.0f requests/s, p50 %.1f ms, p99 %.1f ms, %.1f texts a batch,"
              + " %+.1f MB outside of the heap%n",
          CLIENTS,
          time.toSeconds(),
          answers.statuses().size() / (double) time.toSeconds(),
          1e3 * answers.percentile(0.5),
          1e3 * answers.percentile(0.99),
          fill,
          grown / 1e6);
      assertThat(answers.statuses()).hasSizeGreaterThan(100).containsOnly(200);
      assertThat(fill).isGreaterThan(4);
      assertThat(grown).isLessThan(100_000_000);
    }
  }

  /** Of this process, without Java's heap; 0 where the system does not tell. */
  private static long nativeBytes() throws IOException {
    Path status = Path.of("/proc/self/status");
    return Files.exists(status)
        ? Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
                .sum()
            - Runtime.getRuntime().totalMemory()
        : 0;
  }

  @Test
  void aFewSecondsOfLoad() throws Exception {
    steadyLoad(Duration.ofSeconds(5));
  }

  @Test
  @Tag("slow")
  void fiveMinutesOfLoad() throws Exception {
    steadyLoad(Duration.ofMinutes(5));
  }

  @Test
  void moreThanItCanDoIsRefusedAtOnce() throws Exception {
    Duration timeout = Duration.ofSeconds(20);
    try (ServedModels served =
        new ServedModels(ServedModels.options(8, timeout, Optional.empty()), run)) {
      load(served, Duration.ofSeconds(2), 200);
      Answers answers = load(served, Duration.ofSeconds(5), 200);
      Answers refused = new Answers();
      Answers taken = new Answers();
      for (int i = 0; i < answers.statuses().size(); i++) {
        Answers kind = answers.statuses().get(i) == 503 ? refused : taken;
        kind.statuses().add(answers.statuses().get(i));
        kind.seconds().add(answers.seconds().get(i));
      }
      System.out.printf(
          Locale.ROOT,
          "queue of 8, %d clients: %d refused, p50 %.1f ms; %d taken, p99 %.1f ms%n",
          CLIENTS,
          refused.statuses().size(),
          1e3 * refused.percentile(0.5),
          taken.statuses().size(),
          1e3 * taken.percentile(0.99));
      // How many depends on the machine; more than the queue holds must come through.
      assertThat(refused.statuses()).hasSizeGreaterThan(8);
      assertThat(taken.statuses()).hasSizeGreaterThan(8).containsOnly(200);
      assertThat(taken.percentile(1)).isLessThan((double) timeout.toSeconds());
      assertThat(refused.percentile(0.5)).isLessThan(taken.percentile(0.5));
    }
  }

  /** Bytes that go to the server as they are. */
  private static byte[] malformed(Random random) {
    byte[] good = body(random, 20).getBytes(StandardCharsets.UTF_8);
    byte[] broken = good.clone();
    switch (random.nextInt(9)) {
      case 0 -> broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
      case 1 -> broken = Arrays.copyOf(good, random.nextInt(good.length));
      case 2 -> random.nextBytes(broken);
      case 3 -> broken = "[".repeat(1 + random.nextInt(5000)).getBytes(StandardCharsets.UTF_8);
      case 4 -> broken = ("{\"text\": " + random.nextInt() + "}").getBytes(StandardCharsets.UTF_8);
      case 5 -> broken = " ".repeat(25_000).getBytes(StandardCharsets.UTF_8);
      case 6 -> {
        return (HEAD + "Content-Length: 99999999999\r\nConnection: close\r\n\r\n{}")
            .getBytes(StandardCharsets.UTF_8);
      }
      case 7 -> {
        byte[] noise = new byte[1 + random.nextInt(400)];
        random.nextBytes(noise);
        return noise;
      }
      default -> {
        String path = random.nextBoolean() ? "/%2e%2e/%2e%2e/etc/passwd" : "/v1/%00\\..\\x";
        return ("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            .getBytes(StandardCharsets.UTF_8);
      }
    }
    byte[] head =
        (HEAD + "Connection: close\r\nContent-Length: " + broken.length + "\r\n\r\n")
            .getBytes(StandardCharsets.UTF_8);
    byte[] all = Arrays.copyOf(head, head.length + broken.length);
    System.arraycopy(broken, 0, all, head.length, broken.length);
    return all;
  }

  private static void fuzz(int count) throws Exception {
    try (ServedModels served =
        new ServedModels(ServedModels.options(50, Duration.ofSeconds(2), Optional.empty()), run)) {
      Random random = new Random(5);
      int answered = 0;
      for (int i = 0; i < count; i++) {
        byte[] bytes = malformed(random);
        try (Socket socket =
            new Socket(InetAddress.getLoopbackAddress(), served.server.address().getPort())) {
          socket.setSoTimeout(10_000);
          OutputStream out = socket.getOutputStream();
          out.write(bytes);
          socket.shutdownOutput(); // half-closed: nothing more comes
          String answer = read(socket.getInputStream());
          if (!answer.isEmpty()) {
            answered++;
            assertThat(answer).as("%s", printable(bytes)).startsWith("HTTP/1.1 ");
            int status = Integer.parseInt(answer.substring(9, 12));
            assertThat(status).as("%s", printable(bytes)).isIn(200, 400, 404, 413, 422, 431, 505);
          }
        } catch (IOException e) {
          // the server may hang up on noise
        }
      }
      assertThat(answered).isGreaterThan(count / 2);
      slowAndSilent(served);
      assertThat(served.post("/v1/translate", "{\"text\": \"abc\"}").statusCode()).isEqualTo(200);
      for (String line : served.logged().lines().toList()) {
        assertThat(ServedModels.JSON.readTree(line).has("status")).as(line).isTrue();
      }
      assertThat(figure(served, "seq4j_requests_in_progress")).isZero();
    }
  }

  /** Clients that send a body drop by drop, or none, get a status, or lose the connection. */
  private static void slowAndSilent(ServedModels served) throws Exception {
    String head = HEAD + "Content-Length: 100\r\n\r\n";
    try (Socket silent =
            new Socket(InetAddress.getLoopbackAddress(), served.server.address().getPort());
        Socket slow =
            new Socket(InetAddress.getLoopbackAddress(), served.server.address().getPort())) {
      silent.setSoTimeout(10_000);
      slow.setSoTimeout(10_000);
      silent.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
      slow.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
      for (int i = 0; i < 25; i++) {
        try {
          slow.getOutputStream().write(' ');
        } catch (IOException e) {
          break; // it hung up
        }
        TimeUnit.MILLISECONDS.sleep(100);
      }
      assertThat(read(slow.getInputStream())).startsWith("HTTP/1.1 408 ");
      assertThat(read(silent.getInputStream())).startsWith("HTTP/1.1 408 ");
    }
  }

  private static String read(InputStream in) throws IOException {
    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
  }

  private static String printable(byte[] bytes) {
    return new String(bytes, 0, Math.min(300, bytes.length), StandardCharsets.ISO_8859_1);
  }

  @Test
  void someHundredRequestsThatAreNone() throws Exception {
    fuzz(400);
  }

  @Test
  @Tag("slow")
  void tenThousandRequestsThatAreNone() throws Exception {
    fuzz(10_000);
  }

  /** A server of its own process is killed and started again while clients go on. */
  @Test
  @Tag("slow")
  void itComesBackAfterItWasKilled() throws Exception {
    int port;
    try (ServerSocket any = new ServerSocket(0)) {
      port = any.getLocalPort();
    }
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/translate"))
            .header("Content-Type", "application/json")
            .timeout(Duration.ofSeconds(20))
            .POST(HttpRequest.BodyPublishers.ofString("{\"text\": \"abc\"}"))
            .build();
    for (int round = 0; round < 3; round++) {
      Process server = serve(port);
      try {
        int good = 0;
        for (int i = 0; i < 50; i++) {
          good +=
              client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode() == 200
                  ? 1
                  : 0;
        }
        assertThat(good).isEqualTo(50);
        if (round == 2) {
          server.destroy(); // asked to: it ends with what it took
          assertThat(server.waitFor(30, TimeUnit.SECONDS)).isTrue();
          assertThat(server.exitValue()).isZero();
        }
      } finally {
        server.destroyForcibly().waitFor();
      }
    }
  }

  private static Process serve(int port) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "serve",
                run.toString(),
                "--port",
                Integer.toString(port))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    BufferedReader out = process.inputReader();
    String line = out.readLine();
    if (line == null) {
      throw new UncheckedIOException(new IOException("the server did not start"));
    }
    assertThat(line).isEqualTo("serving toy at http://127.0.0.1:" + port + "/");
    return process;
  }
}
