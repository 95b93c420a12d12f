package org.seq4j.trainer.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.seq4j.core.text.Token;
import org.seq4j.runtime.search.Ending;
import org.seq4j.runtime.translate.SearchTrace;
import org.seq4j.runtime.translate.Translation;

final class ReportPageTest {
  private static final String EVIL = "</script><script>alert('x')</script><!--\u2028";
  private static final String BEGIN = "<script id=\"report\" type=\"application/json\">";

  private static Report report() {
    Translation.Candidate candidate =
        new Translation.Candidate(
            EVIL,
            List.of(new Token(EVIL, 0, 1)),
            -0.123456789,
            Double.NaN,
            Ending.END,
            new float[][] {{0.25f, 1 / 3f}});
    SearchTrace exploration =
        new SearchTrace(
            new Translation(
                EVIL,
                List.of(new Token(EVIL, 0, 1), new Token("b", 1, 2)),
                List.of(candidate),
                false),
            List.of(new SearchTrace.Step(-1, EVIL, -0.1)));
    Report.Answers answers =
        new Report.Answers(
            "dev",
            "best-1",
            "greedy",
            1,
            List.of(new Report.Score("ser", 1e-7, "0.00 %", false)),
            List.of(),
            List.of(),
            List.of(new Report.Worst(EVIL, List.of(EVIL), EVIL, 2, -1.5)),
            List.of(
                new Report.Shown(
                    EVIL, List.of(EVIL), EVIL, true, List.of(exploration), List.of())));
    return new Report(
        EVIL,
        "runs/x",
        "name: '" + EVIL + "'\n",
        new RunHistory(List.of(), List.of()),
        Provenance.NONE,
        List.of(),
        List.of(answers),
        List.of(EVIL));
  }

  @Test
  void whatUsersWroteStaysInsideOfTheFigures() throws IOException {
    String html = ReportPage.html(report());
    assertThat(html.split("</script>", -1)).hasSize(3); // the figures, and the page's own
    assertThat(html).doesNotContain("alert('x')</");
    JsonNode data = data(html);
    assertThat(data.path("name").asText()).isEqualTo(EVIL);
    assertThat(data.at("/answers/0/shown/0/exploration/0/translation/source").asText())
        .isEqualTo(EVIL);
  }

  @Test
  void numbersHaveTheDigitsThatAreSeenAndNoneIsNull() throws IOException {
    JsonNode answers = data(ReportPage.html(report())).at("/answers/0");
    JsonNode candidate = answers.at("/shown/0/exploration/0/translation/candidates/0");
    assertThat(candidate.path("score").asText()).isEqualTo("-0.12346");
    assertThat(candidate.path("rankScore").isNull()).isTrue();
    assertThat(candidate.path("attention").toString()).isEqualTo("[[0.25,0.333]]");
    assertThat(answers.at("/scores/0/value").asDouble()).isEqualTo(1e-7);
  }

  @Test
  void nothingIsLoadedFromElsewhere() {
    assertThat(ReportPage.html(report()).replace("http://www.w3.org/2000/svg", ""))
        .doesNotContain("http:", "https:", "src=", "@import", "url(");
  }

  private static JsonNode data(String html) throws IOException {
    int begin = html.indexOf(BEGIN) + BEGIN.length();
    return new ObjectMapper().readTree(html.substring(begin, html.indexOf("</script>", begin)));
  }
}
