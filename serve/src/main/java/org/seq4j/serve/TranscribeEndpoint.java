package org.seq4j.serve;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seq4j.core.data.VectorsValue;
import org.seq4j.runtime.codec.FileCodec;
import org.seq4j.runtime.codec.SequenceFormatException;
import org.seq4j.runtime.codec.TextCodec;
import org.seq4j.runtime.search.Ending;
import org.seq4j.runtime.search.SearchConfig;
import org.seq4j.runtime.transcribe.Cutting;
import org.seq4j.runtime.transcribe.Transcriber;
import org.seq4j.runtime.transcribe.Transcript;
import org.seq4j.runtime.translate.Translator;

/** Transcribes a sound, the body of a request. */
final class TranscribeEndpoint implements Endpoint {
  /** The content types of the formats that readers know; the bytes tell the format. */
  static final List<String> TYPES =
      List.of(
          "audio/wav",
          "audio/x-wav",
          "audio/wave",
          "audio/vnd.wave",
          "audio/aiff",
          "audio/x-aiff",
          "audio/basic",
          "audio/flac",
          "audio/ogg",
          "application/octet-stream");

  private static final int MAX_MESSAGE = 1000; // it may quote what the sender wrote
  private static final String MODEL = "model";
  private static final String MAX_PART = "max_part";
  private static final String PAUSE = "pause";
  private static final String SEARCH = "search";
  private static final List<String> KEYS = List.of(MODEL, MAX_PART, PAUSE, SEARCH);

  private final ModelCatalog models;
  private final RequestLimits limits;
  private final RequestQueue queue;

  TranscribeEndpoint(ModelCatalog models, RequestLimits limits, RequestQueue queue) {
    this.models = models;
    this.limits = limits;
    this.queue = queue;
  }

  /**
   * A validated request.
   *
   * @param search the settings of the search that are given
   */
  private record Work(byte[] content, Cutting cutting, Optional<Map<String, Object>> search) {}

  @Override
  public Answer answer(Call call) {
    Map<String, List<String>> query = FormFields.ofQuery(call.request());
    checkKeys(query);
    ServedModel model = models.get(value(query, MODEL).orElse(null));
    call.ask(model);
    Cutting cutting =
        new Cutting(
            value(query, MAX_PART).map(text -> seconds(MAX_PART, text)),
            value(query, PAUSE).map(text -> seconds(PAUSE, text)).orElse(Cutting.DEFAULT.pause()));
    Optional<Map<String, Object>> search = value(query, SEARCH).map(text -> Json.map(text, SEARCH));
    byte[] content = call.file(TYPES);
    return queue.occupy(() -> answer(call, new Work(content, cutting, search), model));
  }

  private static void checkKeys(Map<String, List<String>> query) {
    for (Map.Entry<String, List<String>> field : query.entrySet()) {
      if (!KEYS.contains(field.getKey())) {
        throw ApiError.bad(
            "the query has an unknown key '"
                + Json.shortened(field.getKey())
                + "'. Known: "
                + String.join(", ", KEYS));
      }
      if (field.getValue().size() > 1) {
        throw ApiError.bad(field.getKey() + ": given more than once");
      }
    }
  }

  private static Optional<String> value(Map<String, List<String>> query, String key) {
    return Optional.ofNullable(query.get(key)).map(values -> values.get(0));
  }

  private static double seconds(String key, String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw ApiError.bad(key + ": expected a number of seconds, got " + Json.shortened(text));
    }
  }

  private Answer answer(Call call, Work work, ServedModel model) {
    try (ServedModel.Use use = model.use()) {
      Translator translator = use.translator();
      if (!(translator.source() instanceof FileCodec files)) {
        throw ApiError.bad(
            "model: the sources of '"
                + model.name()
                + "' are not files; POST /v1/translate takes texts");
      }
      if (work.search().isPresent() && !(translator.target() instanceof TextCodec)) {
        throw ApiError.bad("search: not supported for targets of vectors");
      }
      SearchConfig search =
          SearchRequest.of(translator.search().withNBest(1), work.search(), limits);
      Transcript transcript =
          Transcriber.of(translator, work.cutting())
              .transcribe(
                  List.of(read(files, work.content())),
                  true,
                  sources -> Translations.of(call, translator, sources, search, true))
              .get(0);
      ObjectNode answer = JsonNodeFactory.instance.objectNode().put("model", model.name());
      TranscriptJson.add(answer, transcript);
      if (search.nBest() > 1) {
        TranscriptJson.addHypotheses(answer, transcript);
      }
      warn(translator, search, transcript, answer);
      return Answer.of(answer);
    }
  }

  private static void warn(
      Translator model, SearchConfig search, Transcript transcript, ObjectNode answer) {
    long deadEnds =
        transcript.parts().stream()
            .filter(part -> part.hypotheses().get(0).ending() == Ending.DEAD_END)
            .count();
    SearchRequest.warn(answer, model, search, deadEnds, transcript.parts().size());
  }

  private static VectorsValue read(FileCodec files, byte[] content) {
    try {
      return files.readFile("body", content);
    } catch (SequenceFormatException e) {
      throw ApiError.bad(Json.shortened(e.getMessage(), MAX_MESSAGE));
    }
  }
}
