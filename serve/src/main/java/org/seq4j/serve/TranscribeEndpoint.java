package org.seq4j.serve;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.seq4j.core.data.VectorsValue;
import org.seq4j.runtime.codec.FileCodec;
import org.seq4j.runtime.codec.SequenceFormatException;
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

  private final ModelCatalog models;
  private final RequestLimits limits;
  private final RequestQueue queue;

  TranscribeEndpoint(ModelCatalog models, RequestLimits limits, RequestQueue queue) {
    this.models = models;
    this.limits = limits;
    this.queue = queue;
  }

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
    byte[] content = call.file(TYPES);
    return queue.occupy(() -> answer(call, content, cutting, model));
  }

  private static void checkKeys(Map<String, List<String>> query) {
    for (Map.Entry<String, List<String>> field : query.entrySet()) {
      if (!Set.of(MODEL, MAX_PART, PAUSE).contains(field.getKey())) {
        throw ApiError.bad(
            "the query has an unknown key '"
                + Json.shortened(field.getKey())
                + "'. Known: model, max_part, pause");
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

  private Answer answer(Call call, byte[] content, Cutting cutting, ServedModel model) {
    try (ServedModel.Use use = model.use()) {
      Translator translator = use.translator();
      if (!(translator.source() instanceof FileCodec files)) {
        throw ApiError.bad(
            "model: the sources of '"
                + model.name()
                + "' are not files; POST /v1/translate takes texts");
      }
      limits.checkSearch(translator.search());
      Transcript transcript =
          Transcriber.of(translator, cutting)
              .transcribe(
                  List.of(read(files, content)),
                  sources ->
                      Translations.of(
                          call,
                          translator,
                          sources,
                          translator.search().withNBest(1),
                          translator.hasAttention()))
              .get(0);
      ObjectNode answer = JsonNodeFactory.instance.objectNode().put("model", model.name());
      return Answer.of(TranscriptJson.add(answer, transcript));
    }
  }

  private static VectorsValue read(FileCodec files, byte[] content) {
    try {
      return files.readFile("body", content);
    } catch (SequenceFormatException e) {
      throw ApiError.bad(Json.shortened(e.getMessage(), MAX_MESSAGE));
    }
  }
}
