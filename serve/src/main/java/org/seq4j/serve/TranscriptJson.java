package org.seq4j.serve;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.seq4j.runtime.transcribe.Transcript;

/** Transcripts as JSON, in the same form for the command line and the server. */
public final class TranscriptJson {
  private static final int MILLISECONDS = 3;

  private TranscriptJson() {}

  /** Adds a transcript to an object. */
  public static ObjectNode add(ObjectNode object, Transcript transcript) {
    transcript.seconds().ifPresent(seconds -> object.put("seconds", decimal(seconds)));
    object.put("text", transcript.text());
    if (transcript.cut()) {
      object.put("cut", true);
    }
    transcript.warning().ifPresent(warning -> object.put("warning", warning));
    if (transcript.words().isPresent()) {
      ArrayNode words = object.putArray("words");
      for (Transcript.Word word : transcript.words().get()) {
        words
            .addObject()
            .put("text", word.text())
            .put("start", decimal(word.start()))
            .put("end", decimal(word.end()));
      }
    }
    ArrayNode parts = object.putArray("parts");
    for (Transcript.Part part : transcript.parts()) {
      ObjectNode one = parts.addObject();
      if (transcript.seconds().isPresent()) {
        one.put("start", decimal(part.start())).put("end", decimal(part.end()));
      }
      one.put("text", part.text()).put("score", part.score()).put("finished", part.finished());
    }
    return object;
  }

  /** Returns a transcript of a file as JSON. */
  public static ObjectNode of(String file, Transcript transcript) {
    return add(JsonNodeFactory.instance.objectNode().put("source", file), transcript);
  }

  private static BigDecimal decimal(double seconds) {
    BigDecimal rounded =
        BigDecimal.valueOf(seconds)
            .setScale(MILLISECONDS, RoundingMode.HALF_UP)
            .stripTrailingZeros();
    return rounded.scale() < 0 ? rounded.setScale(0) : rounded; // 10, not 1E+1
  }
}
