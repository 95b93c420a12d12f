package org.seq4j.trainer.report;

import com.fasterxml.jackson.annotation.JsonIncludeProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.seq4j.runtime.translate.Translation;

/**
 * A report as a self-contained HTML file that needs no network: it includes the data as JSON and a
 * script that draws them.
 */
public final class ReportPage {
  private static final String TEMPLATE = "report.html";
  private static final String DATA = "/*REPORT*/";
  private static final int DIGITS = 5;

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .addMixIn(Translation.class, Tokens.class)
          .addMixIn(Translation.Candidate.class, CandidateTokens.class)
          .registerModule(
              new SimpleModule()
                  .addSerializer(Double.class, new Rounded())
                  .addSerializer(double.class, new Rounded())
                  .addSerializer(float[].class, new RoundedArray()));

  /** Selects token texts; the page does not need their positions in texts. */
  @JsonIncludeProperties({"source", "sourceTokenTexts", "candidates", "cut"})
  private interface Tokens {
    @JsonProperty
    List<String> sourceTokenTexts();
  }

  @JsonIncludeProperties({"text", "tokenTexts", "score", "rankScore", "finished", "attention"})
  private interface CandidateTokens {
    @JsonProperty
    List<String> tokenTexts();

    @JsonProperty
    boolean finished();
  }

  private ReportPage() {}

  /** Returns the HTML of a report. */
  public static String html(Report report) {
    try (InputStream in = ReportPage.class.getResourceAsStream(TEMPLATE)) {
      String template = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return template.replace(DATA, inScript(JSON.writeValueAsString(report)));
    } catch (JsonProcessingException e) { // cannot happen for records of texts and numbers
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Escapes text of users, which must not end the surrounding script or start a comment. */
  private static String inScript(String json) {
    return json.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029");
  }

  /** Returns a number rounded to the digits that the page shows. */
  private static String rounded(double value) {
    return Double.toString(new BigDecimal(value).round(new MathContext(DIGITS)).doubleValue());
  }

  private static final class Rounded extends StdSerializer<Double> {
    private static final long serialVersionUID = 1;

    Rounded() {
      super(Double.class);
    }

    @Override
    public void serialize(Double value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      if (Double.isFinite(value)) {
        out.writeNumber(rounded(value));
      } else {
        out.writeNull();
      }
    }
  }

  private static final class RoundedArray extends StdSerializer<float[]> {
    private static final long serialVersionUID = 1;

    RoundedArray() {
      super(float[].class);
    }

    @Override
    public void serialize(float[] values, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeStartArray();
      for (float value : values) {
        out.writeNumber(Math.round(1000 * value) / 1000.0);
      }
      out.writeEndArray();
    }
  }
}
