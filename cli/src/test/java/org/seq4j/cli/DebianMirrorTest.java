package org.seq4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The corpora of a Debian archive that is fetched from a mirror. */
class DebianMirrorTest {
  private static final String ITALIAN = "dists/bookworm/main/i18n/Translation-it.xz";

  @TempDir private Path folder;

  private final List<String> requests = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private String url;

  @BeforeEach
  void start() throws IOException {
    new MadeArchive(".xz").writeMirror(root());
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/debian/", this::answer);
    server.start();
    url = "http://127.0.0.1:" + server.getAddress().getPort() + "/debian/";
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private Path root() {
    return folder.resolve("root");
  }

  private Path output() {
    return folder.resolve("data");
  }

  private Path kept(String name) {
    return output().resolve("archive").resolve("127.0.0.1_debian_dists_bookworm_" + name);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath().replaceFirst("/debian/", "");
    requests.add(path.replaceFirst(".*/", ""));
    Path file = root().resolve(path);
    try (exchange) {
      if (!Files.isRegularFile(file)) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      byte[] bytes = Files.readAllBytes(file);
      boolean cut = Files.exists(file.resolveSibling(file.getFileName() + ".cut"));
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes, 0, cut ? bytes.length / 2 : bytes.length);
    }
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private CommandRun generate(String suite, String languages) {
    return CommandRun.of(
        "data",
        "generate",
        "debian",
        "--mirror",
        url,
        "--suite",
        suite,
        "--languages",
        languages,
        "--output",
        output());
  }

  @Test
  void fetchesWhatItNeeds() throws IOException {
    CommandRun run = generate("bookworm", "en,it");

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(requests)
        .containsExactly("InRelease", "Packages.xz", "Translation-en.xz", "Translation-it.xz");
    assertThat(run.err())
        .startsWith("fetched " + url + "dists/bookworm/InRelease, 0.0 MB\n")
        .doesNotContain("warning");
    assertThat(output().resolve("summaries/test.tsv")).content().startsWith("mara:\tMara shows");
    assertThat(output().resolve("en-it/dev.tsv")).content().startsWith("village on a high");
    assertThat(output().resolve("debian.json"))
        .content()
        .contains("\"archive\" : \"" + url + "\"")
        .contains("\"checked\" : true")
        .doesNotContain("\"checked\" : false");
  }

  @Test
  void aSecondRunNeedsNoNetwork() throws IOException {
    generate("bookworm", "en,it");
    byte[] first = Files.readAllBytes(output().resolve("debian.json"));
    server.stop(0);

    CommandRun run = generate("bookworm", "en,it");

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(output().resolve("debian.json")).hasBinaryContent(first);
    assertThat(requests).hasSize(4);
  }

  @Test
  void theFilesThatAreKeptCanBeNamedAsLists() {
    generate("bookworm", "it");
    CommandRun run =
        CommandRun.of(
            "data",
            "generate",
            "debian",
            "--lists",
            output().resolve("archive"),
            "--output",
            folder.resolve("again"));
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.err()).doesNotContain("warning");
  }

  @Test
  void aDamagedFileIsFetchedAgain() throws IOException {
    generate("bookworm", "it");
    requests.clear();
    Files.writeString(kept("main_i18n_Translation-it.xz"), "damaged");

    assertThat(generate("bookworm", "it").status()).isZero();
    assertThat(requests).containsExactly("Translation-it.xz");
  }

  @Test
  void aFileWithAnotherChecksumIsNotKept() throws IOException {
    byte[] other = MadeArchive.packed(".xz", "Package: other\n".getBytes(StandardCharsets.UTF_8));
    String expected = MadeArchive.sha256(Files.readAllBytes(root().resolve(ITALIAN)));
    Files.write(root().resolve(ITALIAN), other);

    CommandRun run = generate("bookworm", "it");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err())
        .endsWith(
            "seq4j: %s%s: the SHA-256 sum is %s, but the suite's InRelease says %s; the file was damaged on its way, or the archive has changed since InRelease was fetched. Remove %s and run the command again\n"
                .formatted(url, ITALIAN, MadeArchive.sha256(other), expected, kept("InRelease")));
    assertThat(names(output())).containsExactly("archive");
    assertThat(names(output().resolve("archive")))
        .noneMatch(name -> name.contains("Translation-it"));
  }

  @Test
  void aTransferThatBreaksOffLeavesNoPart() throws IOException {
    Files.createFile(root().resolve(ITALIAN + ".cut"));

    CommandRun run = generate("bookworm", "it");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err())
        .contains("seq4j: cannot fetch " + url + ITALIAN + ": ")
        .endsWith(
            ". Check the address, the network and the proxy (http_proxy, https_proxy). Files that"
                + " are complete stay: the same command goes on from there\n");
    assertThat(names(output().resolve("archive")))
        .noneMatch(name -> name.contains("Translation-it"));
    Files.delete(root().resolve(ITALIAN + ".cut"));
    requests.clear();
    assertThat(generate("bookworm", "it").status()).isZero();
    assertThat(requests).containsExactly("Translation-it.xz");
  }

  @Test
  void aSuiteThatIsNotThereIsAnError() throws IOException {
    CommandRun run = generate("bookwurm", "en");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err())
        .isEqualTo(
            "seq4j: %sdists/bookwurm/InRelease: status 404. Check the address of the mirror and the name of the suite; its suites are in %sdists/\n"
                .formatted(url, url));
    assertThat(output()).isEmptyDirectory();
  }

  @Test
  void aMirrorThatCannotBeReachedIsAnError() {
    server.stop(0);

    CommandRun run = generate("bookworm", "en");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err())
        .startsWith("seq4j: cannot fetch " + url + "dists/bookworm/InRelease: ")
        .contains("no connection")
        .satisfies(text -> assertThat(text.lines()).hasSize(1));
  }

  @Test
  void aLanguageThatTheSuiteLacksIsAnError() throws IOException {
    CommandRun run = generate("bookworm", "en,cy");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err())
        .endsWith(
            "seq4j: "
                + url
                + "dists/bookworm/InRelease: the suite has no descriptions in the language cy; it"
                + " has: en, it\n");
    assertThat(requests).containsExactly("InRelease");
  }

  @Test
  void somethingElseInPlaceOfInReleaseIsNotKept() throws IOException {
    Files.writeString(root().resolve("dists/bookworm/InRelease"), "<html>Log in\n");

    CommandRun run = generate("bookworm", "en");

    assertThat(run.err())
        .contains("seq4j: " + url + "dists/bookworm/InRelease, line 1: expected a field")
        .contains("got '<html>Log in'");
    assertThat(output()).isEmptyDirectory();
  }
}
