package org.seq4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReportTest {
  private static final String BEGIN = "<script id=\"report\" type=\"application/json\">";

  @TempDir Path folder;

  private static JsonNode data(Path page) throws IOException {
    String html = Files.readString(page);
    int begin = html.indexOf(BEGIN) + BEGIN.length();
    return new ObjectMapper().readTree(html.substring(begin, html.indexOf("</script>", begin)));
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(item -> texts.add(item.asText()));
    return texts;
  }

  @Test
  void thePageHoldsAllThatIsKnownOfARun() throws IOException {
    Path config = ToyConfig.write(folder);
    Path run = folder.resolve("run");
    CommandRun.of("train", config, "--run", run);

    CommandRun command = CommandRun.of("report", run);

    assertThat(command.err()).isEmpty();
    assertThat(command.out()).isEqualTo("the report is in " + run.resolve("report.html") + "\n");
    JsonNode data = data(run.resolve("report.html"));
    assertThat(data.path("config").asText())
        .isEqualTo(Files.readString(run.resolve("config.yaml")));
    assertThat(data.path("config").asText()).contains("# " + config.getFileName() + ", line ");
    JsonNode validation = data.path("history").path("events").findValue("samples").get(0);
    assertThat(validation.path("right")).isNotEmpty();
    assertThat(data.path("history").path("sessions").findValuesAsText("at")).hasSize(1);
    assertThat(data.at("/data/0/split").asText()).isEqualTo("train");
    JsonNode answers = data.at("/answers/0");
    assertThat(answers.path("split").asText()).isEqualTo("dev");
    assertThat(answers.path("byLength")).isNotEmpty();
    assertThat(answers.path("byFrequency")).isNotEmpty();
    // What the page shows is what the model says.
    JsonNode shown = answers.at("/shown/0");
    JsonNode translation = shown.at("/exploration/0/translation");
    Path sources =
        Files.writeString(folder.resolve("source"), shown.path("source").asText() + "\n");
    CommandRun translated = CommandRun.of("translate", run, "--input", sources);
    assertThat(translated.out().strip())
        .isEqualTo(translation.at("/candidates/0/text").asText().strip());
    assertThat(texts(translation.path("sourceTokenTexts"))).isNotEmpty();
    assertThat(shown.at("/exploration/0/steps")).isNotEmpty();
  }

  @Test
  void whatIsNotThereIsSaid() throws IOException {
    Path config = ToyConfig.write(folder);
    Path run = folder.resolve("run");
    CommandRun.of("train", config, "--run", run);
    try (var files = Files.list(folder)) {
      for (Path file : files.filter(file -> file.toString().endsWith(".tsv")).toList()) {
        Files.delete(file);
      }
    }
    Path page = folder.resolve("page.html");
    CommandRun command = CommandRun.of("report", run, "--split", "test", "--output", page);
    assertThat(command.status()).isZero();
    assertThat(command.err()).contains("not in the report: ").contains(".tsv");
    JsonNode data = data(page);
    assertThat(data.path("missing")).hasSize(2);
    assertThat(data.path("data")).isEmpty();
    assertThat(CommandRun.of("report", folder.resolve("none")).status()).isEqualTo(1);
  }

  @Test
  void aBrowserDrawsAllSections() throws Exception {
    Path config = ToyConfig.write(folder);
    Path run = folder.resolve("run");
    CommandRun.of("train", config, "--run", run);
    CommandRun.of("report", run);
    String drawn;
    try (Browser page = Browser.open(folder, run.resolve("report.html").toUri())) {
      drawn = page.evaluate("document.documentElement.outerHTML").asText();
    }
    // Each section is made by the script after the one before it: an error would end it early.
    for (String section :
        List.of(
            "overview", "curves", "samples", "answers", "attention", "data", "machine", "config")) {
      assertThat(drawn).contains("<section id=\"" + section + "\"");
    }
    assertThat(drawn).contains("<polyline").contains("# toy.yaml, line 1</i>");
  }

  /** A model that heard a tone: its report can play it, and draws what attention heard. */
  @Test
  void aSoundIsDrawnAndCanBePlayed() throws Exception {
    Path run = Tones.trainedRun(folder);
    CommandRun report = CommandRun.of("report", run);
    assertThat(report.err()).isEmpty();
    JsonNode shown = data(run.resolve("report.html")).at("/answers/0/shown/0");
    byte[] wav = Base64.getDecoder().decode(shown.at("/sound/0/wav").asText());
    short[] expected = Tones.read(folder.resolve(shown.get("source").asText()));
    Path file = Files.write(folder.resolve("played.wav"), wav);
    assertThat(Tones.read(file)).isEqualTo(expected);
    assertThat(shown.at("/sound/0/outputSeconds").asDouble()).isEqualTo(0.01); // a frame of log-mel
    try (Browser page = Browser.open(folder, run.resolve("report.html").toUri())) {
      page.waitUntil("document.querySelector('audio').duration > 0");
      assertThat(page.evaluate("document.querySelector('audio').duration").asDouble())
          .isCloseTo(expected.length / (double) Tones.RATE, within(0.01));
      assertThat(page.evaluate("document.querySelectorAll('section').length").asInt())
          .isGreaterThanOrEqualTo(7);
      String ink = // pixels of the picture that are not transparent
          "(c => c.getContext('2d').getImageData(0, 0, c.width, c.height).data"
              + ".filter((value, i) => i % 4 === 3 && value > 128).length)"
              + "(document.querySelector('#attention canvas'))";
      assertThat(page.evaluate(ink).asInt()).isGreaterThan(100);
    }
  }
}
