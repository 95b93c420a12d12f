package org.seq4j.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.seq4j.core.data.ExampleValue;
import org.seq4j.runtime.search.SearchConfig;
import org.seq4j.runtime.translate.Translation;
import org.seq4j.runtime.translate.Translator;

/**
 * LibreTranslate's API for models whose names are pairs of languages, such as {@code en-de}, so
 * that its clients can use them. Each line of a text is translated on its own.
 */
final class LibreTranslateEndpoint implements Endpoint {
  private static final String AUTO = "auto";

  private final ModelCatalog models;
  private final RequestLimits limits;
  private final RequestQueue queue;
  private final AccessToken token;

  LibreTranslateEndpoint(
      ModelCatalog models, RequestLimits limits, RequestQueue queue, AccessToken token) {
    this.models = models;
    this.limits = limits;
    this.queue = queue;
    this.token = token;
  }

  /** Returns the source languages, with the target languages of each. */
  Answer languages() {
    Map<String, TreeSet<String>> targets = new TreeMap<>();
    pairs()
        .keySet()
        .forEach(
            pair ->
                targets.computeIfAbsent(pair.source(), code -> new TreeSet<>()).add(pair.target()));
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    targets.forEach(
        (source, codes) -> {
          ArrayNode list =
              all.addObject()
                  .put("code", source)
                  .put("name", LanguagePair.name(source))
                  .putArray("targets");
          codes.forEach(list::add);
        });
    return Answer.of(all);
  }

  /** Returns the loaded models by their languages. */
  private Map<LanguagePair, ServedModel> pairs() {
    Map<LanguagePair, ServedModel> pairs = new LinkedHashMap<>();
    for (ServedModel model : models.all()) {
      if (model.isLoaded()) {
        LanguagePair.of(model.name()).ifPresent(pair -> pairs.put(pair, model));
      }
    }
    return pairs;
  }

  @Override
  public Answer answer(Call call) {
    LibreTranslateRequest request = request(call);
    token.check(call.request(), request.api_key());
    List<String> texts = request.texts(limits);
    int further = request.further();
    Map.Entry<LanguagePair, ServedModel> found = model(request);
    call.ask(found.getValue());
    List<List<String>> lines =
        texts.stream().map(text -> List.of(text.split("\r?\n", -1))).toList();
    List<String> all =
        lines.stream().flatMap(List::stream).filter(line -> !line.isBlank()).toList();
    limits.checkCount(all, "q");
    List<Translation> translations =
        queue.occupy(() -> translate(call, found.getValue(), all, further));
    return Answer.of(json(request, lines, translations, further, found.getKey()));
  }

  private List<Translation> translate(
      Call call, ServedModel model, List<String> lines, int further) {
    try (ServedModel.Use use = model.use()) {
      Translator translator = use.translator();
      SearchConfig search = search(translator.search(), further);
      limits.checkSearch(search);
      List<ExampleValue> sources =
          lines.stream().map(line -> RequestLimits.source(translator, line)).toList();
      return Translations.of(call, translator, sources, search, false);
    }
  }

  private static LibreTranslateRequest request(Call call) {
    return FormFields.isForm(call.request())
        ? LibreTranslateRequest.of(FormFields.read(call))
        : Json.read(
            call.read(List.of(RequestBody.JSON, RequestBody.FORM, RequestBody.MULTIPART)),
            LibreTranslateRequest.class);
  }

  /** Returns the error of {@code /detect}, in words that clients show. */
  static ApiError noDetection() {
    return new ApiError(
        404,
        "no-such-path",
        "languages are not detected here; source expects a code from /languages");
  }

  /** Finds the model for the languages of a request. */
  private Map.Entry<LanguagePair, ServedModel> model(LibreTranslateRequest request) {
    checkLanguage("source", request.source());
    checkLanguage("target", request.target());
    List<Map.Entry<LanguagePair, ServedModel>> found =
        pairs().entrySet().stream()
            .filter(pair -> pair.getKey().target().equals(request.target()))
            .filter(
                pair ->
                    request.source().equals(AUTO)
                        || pair.getKey().source().equals(request.source()))
            .toList();
    if (found.size() > 1) {
      throw ApiError.bad(
          "source: the language is not detected here; expected one of "
              + found.stream().map(pair -> pair.getKey().source()).sorted().toList());
    }
    return found.stream()
        .findFirst()
        .orElseThrow(
            () ->
                ApiError.bad(
                    "there is no model from %s to %s; /languages has the languages"
                        .formatted(
                            Json.shortened(request.source()), Json.shortened(request.target()))));
  }

  private static void checkLanguage(String key, String code) {
    if (code == null || code.isEmpty()) {
      throw ApiError.bad(key + ": expected the code of a language, got nothing");
    }
  }

  private static SearchConfig search(SearchConfig base, int further) {
    if (further == 0) {
      return base.nBest() == 1 ? base : base.with("n_best", 1);
    }
    int answers = further + 1;
    return base.type() == SearchConfig.Type.SAMPLING
        ? base.with("n_best", answers)
        : base.with(
            Map.of("type", "beam", "size", Math.max(base.size(), answers), "n_best", answers));
  }

  private static ObjectNode json(
      LibreTranslateRequest request,
      List<List<String>> lines,
      List<Translation> translations,
      int further,
      LanguagePair languages) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode texts = answer.arrayNode();
    ArrayNode alternatives = answer.arrayNode();
    int from = 0;
    for (List<String> text : lines) {
      int count = (int) text.stream().filter(line -> !line.isBlank()).count();
      List<Translation> here = translations.subList(from, from + count);
      from += count;
      texts.add(text(text, here, 0));
      ArrayNode others = alternatives.addArray();
      int most = here.stream().mapToInt(one -> one.candidates().size()).max().orElse(1);
      for (int rank = 1; rank < Math.min(most, further + 1); rank++) {
        others.add(text(text, here, rank));
      }
    }
    answer.set("translatedText", one(request, texts));
    if (further > 0) {
      answer.set("alternatives", one(request, alternatives));
    }
    if (request.source().equals(AUTO)) { // the only one: nothing is detected
      answer.set("detectedLanguage", detected(request, texts.size(), languages.source()));
    }
    return answer;
  }

  private static JsonNode detected(LibreTranslateRequest request, int count, String language) {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    for (int i = 0; i < count; i++) {
      all.addObject().put("confidence", 0).put("language", language);
    }
    return one(request, all);
  }

  /** Returns a list if the request has a list, otherwise its only element. */
  private static JsonNode one(LibreTranslateRequest request, ArrayNode all) {
    return request.isList() ? all : all.get(0);
  }

  /** Joins the translations of lines; blank lines stay as they are. */
  private static String text(List<String> lines, List<Translation> translations, int rank) {
    List<String> translated = new ArrayList<>();
    int next = 0;
    for (String line : lines) {
      if (line.isBlank()) {
        translated.add(line);
      } else {
        List<Translation.Candidate> candidates = translations.get(next++).candidates();
        translated.add(candidates.get(Math.min(rank, candidates.size() - 1)).text());
      }
    }
    return String.join("\n", translated);
  }
}
