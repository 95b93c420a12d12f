package org.seq4j.cli.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.seq4j.core.config.ConfigException;
import org.seq4j.core.data.Example;
import org.seq4j.core.data.ExampleValue;
import org.seq4j.core.data.TextValue;
import org.seq4j.core.metric.Metric;
import org.seq4j.core.plugin.ComponentException;
import org.seq4j.core.run.Exploration;
import org.seq4j.core.run.RunException;
import org.seq4j.core.run.SequenceCodec;
import org.seq4j.core.run.TextCodec;
import org.seq4j.core.run.Translation;
import org.seq4j.core.run.TranslationRequest;
import org.seq4j.core.run.Translator;
import org.seq4j.core.search.Ending;
import org.seq4j.core.search.SearchConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the server does, without HTTP: a JSON object in, one out. Nothing in a request names a file.
 */
final class Api {
  private static final Logger LOG = LoggerFactory.getLogger(Api.class);
  private static final Set<String> TRANSLATE =
      Set.of("model", "text", "texts", "search", "attention", "tree", "stream");
  private static final Set<String> SCORE = Set.of("model", "pairs", "alignment");
  private static final Set<String> PAIR = Set.of("source", "target");

  private final Map<String, ServedModel> models; // the first one is meant where none is named
  private final ServerOptions options;
  private final ServerFigures figures;

  Api(Map<String, ServedModel> models, ServerOptions options, ServerFigures figures) {
    this.models = models;
    this.options = options;
    this.figures = figures;
  }

  /** All models. */
  ObjectNode models() {
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    ArrayNode list = all.putArray("models");
    for (ServedModel model : models.values()) {
      try (ServedModel.Use use = model.use()) {
        ObjectNode one = list.addObject();
        one.put("name", model.name()).put("loaded", model.since().toString());
        Translator translator = use.translator();
        one.put("source", side(translator.source())).put("target", side(translator.target()));
        SearchConfig search = translator.search();
        one.putObject("search")
            .put("type", search.type().name().toLowerCase(Locale.ROOT))
            .put("size", search.size())
            .put("n_best", search.nBest());
      }
    }
    return all;
  }

  private static String side(SequenceCodec codec) {
    return codec instanceof TextCodec text
        ? "text of %d symbols".formatted(text.vocabulary().size())
        : "vectors of %d numbers".formatted(codec.space().depth());
  }

  /**
   * Loads a model again.
   *
   * @throws Refusal if that fails; the model stays as it was
   */
  ObjectNode reload(String name) {
    ServedModel model = model(name);
    try {
      model.reload();
    } catch (RunException | ConfigException | ComponentException e) {
      LOG.error("{} was not loaded again: {}", name, e.getMessage());
      throw new Refusal(
          500,
          "not-loaded",
          "the model could not be loaded, and stays as it was; the server's log says why");
    }
    return JsonNodeFactory.instance
        .objectNode()
        .put("name", name)
        .put("loaded", model.since().toString());
  }

  private ServedModel model(String name) {
    ServedModel model = models.get(name);
    if (model == null) {
      throw new Refusal(
          404,
          "no-such-model",
          "model: there is no '%s'. There are: %s"
              .formatted(Json.shortened(name), String.join(", ", models.keySet())));
    }
    return model;
  }

  private ServedModel model(ObjectNode request) {
    return Json.text(request, "model")
        .map(this::model)
        .orElseGet(() -> models.values().iterator().next());
  }

  /** Whom the best text so far is told as a search goes on. */
  @FunctionalInterface
  interface Listener {
    /** Tells it; whether somebody still listens. */
    boolean told(ObjectNode soFar);
  }

  /**
   * Translates.
   *
   * @param deadline of System.nanoTime()
   * @param listener is told what comes if the request asks for that
   */
  ObjectNode translate(byte[] body, long deadline, Listener listener) {
    ObjectNode request = Json.object(body, TRANSLATE);
    ServedModel model = model(request);
    List<String> texts = texts(request);
    boolean attention = Json.flag(request, "attention");
    boolean tree = Json.flag(request, "tree");
    boolean stream = Json.flag(request, "stream");
    if (stream && (tree || texts.size() > 1)) {
      throw Refusal.bad("stream: goes with one text, and without tree");
    }
    try (ServedModel.Use use = model.use()) {
      Translator translator = use.translator();
      SearchConfig search =
          request.has("search")
              ? SearchRequest.apply(translator.search(), request.get("search"))
              : translator.search();
      check(search);
      List<ExampleValue> sources = texts.stream().map(text -> read(translator, text)).toList();
      ObjectNode answer = JsonNodeFactory.instance.objectNode();
      answer.put("model", model.name());
      ArrayNode translations = answer.putArray("translations");
      if (tree) {
        if (!(translator.target() instanceof TextCodec)) {
          throw Refusal.bad("tree: targets of vectors are not searched for");
        }
        for (ExampleValue source : sources) {
          Exploration exploration = translator.explore(source, search);
          ObjectNode one = TranslationJson.of(exploration.translation(), true);
          one.set("tree", TranslationJson.tree(exploration));
          translations.add(one);
          inTime(deadline);
        }
        figures.translated(model.name(), texts.size());
        return answer;
      }
      if (stream) {
        Translation translation =
            alone(translator)
                .translate(
                    new TranslationRequest(
                        sources.get(0),
                        search,
                        attention,
                        0,
                        Optional.of(telling(listener, deadline))));
        figures.translated(model.name(), 1);
        translations.add(TranslationJson.of(translation, attention));
        return answer;
      }
      List<TranslationRequest> requests = new ArrayList<>();
      for (ExampleValue source : sources) {
        requests.add(
            new TranslationRequest(
                source,
                search,
                attention,
                requests.size(),
                Optional.of(soFar -> isInTime(deadline))));
      }
      for (Translation translation : translator.translateAll(requests)) {
        if (translation.best().ending() == Ending.STOPPED) {
          throw late();
        }
        translations.add(TranslationJson.of(translation, attention));
      }
      figures.translated(model.name(), texts.size());
      return answer;
    } catch (IllegalArgumentException e) { // what the model cannot do
      throw Refusal.bad(e.getMessage());
    }
  }

  /** Not together with others, who would wait for a caller that reads slowly. */
  private static Translator alone(Translator translator) {
    return translator.withBatching(new Translator.Batching(1, Duration.ZERO));
  }

  private static Predicate<Supplier<String>> telling(Listener listener, long deadline) {
    return soFar -> isInTime(deadline) && listener.told(TranslationJson.soFar(soFar.get()));
  }

  private void check(SearchConfig search) {
    int hypotheses =
        switch (search.type()) {
          case GREEDY -> 1;
          case BEAM -> search.size();
          case SAMPLING -> search.nBest();
        };
    if (hypotheses > options.maxBeam()) {
      throw Refusal.bad(
          "search: at most %d hypotheses for a text, got %d"
              .formatted(options.maxBeam(), hypotheses));
    }
    if (search.maxLength(options.maxText()) > 10 * options.maxText()) {
      throw Refusal.bad("search: targets may be that long at most: " + 10 * options.maxText());
    }
  }

  /** A line that the model can read. */
  private static ExampleValue read(Translator translator, String text) {
    try {
      return translator.source().read(new TextValue(text));
    } catch (IllegalArgumentException e) {
      throw Refusal.bad("text: " + e.getMessage());
    }
  }

  private List<String> texts(ObjectNode request) {
    if (request.has("text") == request.has("texts")) {
      throw Refusal.bad("give one of text and texts");
    }
    if (request.has("text")) {
      return List.of(text(request.get("text"), "text"));
    }
    JsonNode all = request.get("texts");
    if (!all.isArray() || all.isEmpty()) {
      throw Refusal.bad("texts: expected a list of texts, got " + Json.shortened(all));
    }
    checkCount(all.size(), "texts");
    List<String> texts = new ArrayList<>();
    all.forEach(one -> texts.add(text(one, "texts[" + texts.size() + "]")));
    return texts;
  }

  private void checkCount(int count, String key) {
    if (count > options.maxTexts()) {
      throw new Refusal(
          422,
          "too-many-texts",
          "%s: at most %d at once, got %d".formatted(key, options.maxTexts(), count));
    }
  }

  private String text(JsonNode value, String name) {
    String text = Json.text(value, name);
    if (text.length() > options.maxText()) {
      throw new Refusal(
          422,
          "text-too-long",
          "%s: at most %d characters, got %d".formatted(name, options.maxText(), text.length()));
    }
    return text;
  }

  /** Scores given targets. */
  ObjectNode score(byte[] body, long deadline) {
    ObjectNode request = Json.object(body, SCORE);
    ServedModel model = model(request);
    boolean alignment = Json.flag(request, "alignment");
    JsonNode pairs = request.path("pairs");
    if (!pairs.isArray() || pairs.isEmpty()) {
      throw Refusal.bad(
          "pairs: expected a list of {\"source\": ..., \"target\": ...}, got "
              + Json.shortened(pairs));
    }
    checkCount(pairs.size(), "pairs");
    List<String> sources = new ArrayList<>();
    List<String> targets = new ArrayList<>();
    for (JsonNode pair : pairs) {
      String name = "pairs[" + sources.size() + "]";
      if (!pair.isObject() || !Set.copyOf(names(pair)).equals(PAIR)) {
        throw Refusal.bad(
            "%s: expected {\"source\": ..., \"target\": ...}, got %s"
                .formatted(name, Json.shortened(pair)));
      }
      sources.add(text(pair.get("source"), name + ".source"));
      targets.add(text(pair.get("target"), name + ".target"));
    }
    try (ServedModel.Use use = model.use()) {
      Translator translator = use.translator();
      List<Example> examples = new ArrayList<>();
      for (int i = 0; i < sources.size(); i++) {
        examples.add(new Example(read(translator, sources.get(i)), new TextValue(targets.get(i))));
      }
      ObjectNode answer = JsonNodeFactory.instance.objectNode();
      answer.put("model", model.name());
      ArrayNode scores = answer.putArray("scores");
      if (alignment) {
        translator
            .align(examples)
            .forEach(
                aligned ->
                    scores
                        .addObject()
                        .put("score", aligned.best().score())
                        .put("alignment", TranslationJson.alignment(aligned.best())));
      } else {
        for (Metric.Forced forced : translator.force(examples)) {
          scores.addObject().put("score", forced.logProbability());
        }
      }
      inTime(deadline);
      figures.scored(model.name(), sources.size());
      return answer;
    } catch (IllegalArgumentException e) { // a target that is no line of vectors
      throw Refusal.bad(e.getMessage());
    }
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static boolean isInTime(long deadline) {
    return System.nanoTime() - deadline < 0;
  }

  private static void inTime(long deadline) {
    if (!isInTime(deadline)) {
      throw late();
    }
  }

  private static Refusal late() {
    return new Refusal(504, "timeout", "the answer took longer than the server allows");
  }
}
