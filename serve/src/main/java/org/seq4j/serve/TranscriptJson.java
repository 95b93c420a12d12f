package org.seq4j.serve;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.seq4j.runtime.transcribe.Aligner;
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
      add(object.putArray("words"), transcript.words().get());
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

  /** Adds the hypotheses of each part to an object that has a transcript. */
  static void addHypotheses(ObjectNode object, Transcript transcript) {
    for (int i = 0; i < transcript.parts().size(); i++) {
      ArrayNode hypotheses = ((ObjectNode) object.get("parts").get(i)).putArray("hypotheses");
      transcript
          .parts()
          .get(i)
          .hypotheses()
          .forEach(it -> hypotheses.add(TranslationJson.hypothesis(it, false)));
    }
  }

  /** Returns a transcript of a file as JSON. */
  public static ObjectNode of(String file, Transcript transcript) {
    return add(JsonNodeFactory.instance.objectNode().put("source", file), transcript);
  }

  /** Returns a known text with its times as JSON. */
  public static ObjectNode of(String file, String text, Aligner.Aligned aligned) {
    ObjectNode object = JsonNodeFactory.instance.objectNode().put("source", file);
    object.put("seconds", decimal(aligned.seconds())).put("text", text);
    object.put("score", aligned.score());
    if (!aligned.unknownTokens().isEmpty()) {
      aligned.unknownTokens().forEach(object.putArray("unknown_tokens")::add);
    }
    add(object.putArray("words"), aligned.words());
    add(object.putArray("tokens"), aligned.tokens());
    return object;
  }

  private static void add(ArrayNode array, List<Transcript.Word> words) {
    for (Transcript.Word word : words) {
      ObjectNode one =
          array
              .addObject()
              .put("text", word.text())
              .put("start", decimal(word.start()))
              .put("end", decimal(word.end()));
      word.score().ifPresent(score -> one.put("score", score));
    }
  }

  private static BigDecimal decimal(double seconds) {
    BigDecimal rounded =
        BigDecimal.valueOf(seconds)
            .setScale(MILLISECONDS, RoundingMode.HALF_UP)
            .stripTrailingZeros();
    return rounded.scale() < 0 ? rounded.setScale(0) : rounded; // 10, not 1E+1
  }
}
