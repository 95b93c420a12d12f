package org.seq4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.seq4j.cli.option.NgramCandidates;
import org.seq4j.runtime.graph.scan.Precision;
import org.seq4j.serve.ServedRuns;
import org.seq4j.serve.ServerOptions;

/** Tests of the commands and configs in docs/operating.md, for the programs that are installed. */
@Timeout(300)
final class OperatingPageTest {
  private static final String TOKEN = "open-sesame";
  private static final ObjectMapper YAML = new YAMLMapper();

  @TempDir static Path folder;
  private static String page;
  private static Path run;
  private static ServedModels served;

  @BeforeAll
  static void start() throws IOException {
    page = Files.readString(CommandRun.project("docs/operating.md"));
    Path models = Files.createDirectory(folder.resolve("models"));
    run = ToyRun.write(models.resolve("de-en"));
    served =
        new ServedModels(
            guarded(),
            ServedRuns.of(List.of(), Precision.F32, NgramCandidates::joining).with(models));
    copy(run, models.resolve("new"));
    copy(run, models.resolve("en-de"));
    served.send(post("/v1/models/en-de/load"));
    Files.writeString(folder.resolve("token.txt"), TOKEN + "\n");
  }

  @AfterAll
  static void stop() {
    served.close();
  }

  private static HttpRequest post(String path) {
    return served
        .request(path)
        .header("Authorization", "Bearer " + TOKEN)
        .POST(HttpRequest.BodyPublishers.noBody())
        .build();
  }

  private static HttpRequest translation(String text) {
    return served
        .request("/v1/translate")
        .header("Authorization", "Bearer " + TOKEN)
        .header("Content-Type", "application/json")
        .POST(
            HttpRequest.BodyPublishers.ofString(
                "{\"model\": \"en-de\", \"text\": \"" + text + "\"}"))
        .build();
  }

  private static ServerOptions guarded() {
    return ServedModels.options(50, Duration.ofSeconds(20), Optional.of(TOKEN));
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file)));
      }
    }
  }

  /** The first block of the page in a language. */
  private static String block(String language) {
    Matcher block = Pattern.compile("(?ms)^```" + language + "\\n(.*?)^```$").matcher(page);
    assertThat(block.find()).as(language).isTrue();
    return block.group(1);
  }

  private static void needs(String program) throws Exception {
    Assumptions.assumeTrue(
        new ProcessBuilder("sh", "-c", "command -v " + program).start().waitFor() == 0,
        "skipped: there is no " + program);
  }

  private static String shell(String command) throws Exception {
    Process process =
        new ProcessBuilder("sh", "-c", command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("%s%n%s", command, said).isZero();
    return said;
  }

  @Test
  void itsOptionsAndMetricsAreThere() throws IOException {
    String help = CommandRun.of("serve", "--help").out();
    Matcher option = Pattern.compile("`(--[a-z-]+)").matcher(page);
    Set<String> options = new TreeSet<>();
    while (option.find()) {
      options.add(option.group(1));
    }
    options.removeAll(Set.of("--read-only"));
    assertThat(options).hasSizeGreaterThan(15).allMatch(help::contains);
    served.send(translation("a")); // metrics by model begin with the first request
    served.send(translation("a".repeat(300)));
    String metrics =
        served
            .send(served.request("/metrics").header("Authorization", "Bearer " + TOKEN).build())
            .body();
    Matcher metric = Pattern.compile("`((?:seq4j|process)_[a-z_]+)`").matcher(page);
    int count = 0;
    while (metric.find()) {
      count++;
      assertThat(metrics).contains("# TYPE " + metric.group(1) + " ");
    }
    assertThat(count).isGreaterThan(10);
  }

  @Test
  void itsRequestsAreAnswered() throws Exception {
    needs("curl");
    List<String> requests = page.lines().filter(line -> line.startsWith("curl ")).toList();
    assertThat(requests).hasSize(5);
    for (String request : requests) {
      String here =
          request
              .replaceAll(" #.*", "")
              .replace("\"...\"", "\"" + TOKEN + "\"")
              .replace("http://127.0.0.1:8080/", served.server.address().toString())
              .replaceFirst("curl", "$0 -s -w '%{http_code}'");
      assertThat(shell(here)).as(request).endsWith("200");
      if (here.contains("unload")) {
        assertThat(served.send(post("/v1/models/de-en/load")).statusCode()).isEqualTo(200);
      }
    }
  }

  @Test
  void itsLogLineHasTheKeysOfTheLog() throws IOException {
    served.send(translation("a"));
    List<String> keys = new ArrayList<>();
    ServedModels.JSON.readTree(block("json")).fieldNames().forEachRemaining(keys::add);
    assertThat(served.log())
        .anySatisfy(
            line -> {
              List<String> logged = new ArrayList<>();
              line.fieldNames().forEachRemaining(logged::add);
              assertThat(logged).isEqualTo(keys);
            });
  }

  @Test
  void prometheusTakesItsConfig() throws Exception {
    needs("promtool");
    Files.writeString(
        folder.resolve("prometheus.yml"),
        block("yaml")
            .replace("/etc/prometheus/seq4j-token", folder.resolve("token.txt").toString()));
    assertThat(shell("promtool check config prometheus.yml")).contains("SUCCESS");
  }

  /** The arguments of the container are taken, and the probes ask for paths that are there. */
  @Test
  void kubernetesStartsWhatThereIs() throws IOException {
    Matcher block = Pattern.compile("(?ms)^```yaml\\n(# deployment.*?)^```$").matcher(page);
    assertThat(block.find()).isTrue();
    JsonNode container = YAML.readTree(block.group(1)).at("/spec/template/spec/containers/0");
    List<Object> arguments = new ArrayList<>();
    container.get("args").forEach(argument -> arguments.add(argument.asText()));
    assertThat(CommandRun.of(arguments.toArray()).err())
        .contains("--models /models: there is no such folder");
    for (String probe : List.of("startupProbe", "readinessProbe", "livenessProbe")) {
      String path = container.at("/" + probe + "/httpGet/path").asText();
      assertThat(served.get(path).statusCode()).as(probe).isEqualTo(200);
    }
  }

  /** Behind nginx: TLS, a prefix, a stream that is not held back, the page in a browser. */
  @Test
  void nginxPassesEverythingOn() throws Exception {
    needs("nginx");
    needs("openssl");
    needs("curl");
    shell(
        "openssl req -x509 -newkey rsa:2048 -nodes -keyout translate.key -out translate.crt"
            + " -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost");
    int port;
    int plain;
    try (ServerSocket any = new ServerSocket(0);
        ServerSocket other = new ServerSocket(0)) {
      port = any.getLocalPort();
      plain = other.getLocalPort();
    }
    try (ServedModels behind =
        new ServedModels(ServedModels.options(50, Duration.ofSeconds(20), Optional.empty()), run)) {
      String server =
          block("nginx")
              .replace("listen 443 ssl;", "listen " + port + " ssl; listen " + plain + ";")
              .replace("translate.example.org", "localhost")
              .replace("/etc/ssl/", folder + "/")
              .replace("http://127.0.0.1:8080/", behind.server.address().toString());
      Files.writeString(
          folder.resolve("nginx.conf"),
          """
          daemon off; master_process off; pid %1$s/nginx.pid; error_log %1$s/nginx.log;
          events {}
          http {
            access_log off;
            client_body_temp_path %1$s/body; proxy_temp_path %1$s/proxy;
            fastcgi_temp_path %1$s/f; uwsgi_temp_path %1$s/u; scgi_temp_path %1$s/s;
            %2$s
          }
          """
              .formatted(folder, server));
      Process nginx =
          new ProcessBuilder("nginx", "-c", folder.resolve("nginx.conf").toString())
              .redirectErrorStream(true)
              .start();
      try {
        String base = "https://localhost:" + port + "/translate";
        String curl =
            "curl -sS --retry 20 --retry-connrefused --retry-delay 1 --cacert translate.crt ";
        assertThat(shell(curl + base + "/health")).contains("up");
        assertThat(shell(curl + "-o page -L -w '%{http_code}' " + base)).isEqualTo("200");
        stream(curl, base);
        page(URI.create("http://localhost:" + plain + "/translate/"));
      } finally {
        nginx.destroy();
        nginx.waitFor();
      }
    }
  }

  /** The first line of a stream arrives long before the last one. */
  private static void stream(String curl, String base) throws Exception {
    String command =
        curl
            + "-N -H 'Content-Type: application/json' -d '{\"text\": \"abc\", \"stream\": true,"
            + " \"search\": {\"type\": \"greedy\", \"length\": {\"min\": 1900, \"max\": 1900}}}' "
            + base
            + "/v1/translate";
    Process process = new ProcessBuilder("sh", "-c", command).directory(folder.toFile()).start();
    long begun = System.nanoTime();
    long first;
    try (var lines = process.inputReader()) {
      assertThat(lines.readLine()).startsWith("{\"so_far\":");
      first = System.nanoTime() - begun;
      int count = 1;
      while (lines.readLine() != null) {
        count++;
      }
      assertThat(count).isEqualTo(1901);
    }
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(first).isLessThan((System.nanoTime() - begun) / 2);
  }

  private static void page(URI address) throws Exception {
    needs("chromium");
    try (Browser browser = Browser.open(folder, address)) {
      browser.waitUntil("document.querySelectorAll('#model option').length === 1");
      browser.type("abc");
      browser.waitUntil("document.querySelectorAll('#answer ol button').length > 0");
    }
  }
}
