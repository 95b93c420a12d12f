package org.seq4j.serve;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.seq4j.core.plugin.ComponentException;
import org.seq4j.runtime.codec.SequenceCodec;
import org.seq4j.runtime.codec.TextCodec;
import org.seq4j.runtime.error.UserException;
import org.seq4j.runtime.search.SearchConfig;
import org.seq4j.runtime.translate.Translator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells what models there are, and loads them again. */
final class ModelsEndpoint {
  private static final Logger LOG = LoggerFactory.getLogger(ModelsEndpoint.class);

  private final ModelCatalog models;

  ModelsEndpoint(ModelCatalog models) {
    this.models = models;
  }

  /** All models. */
  ObjectNode list() {
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    ArrayNode list = all.putArray("models");
    for (ServedModel model : models.all()) {
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
        ? "text of %d tokens".formatted(text.vocabulary().size())
        : "vectors of %d numbers".formatted(codec.space().depth());
  }

  /**
   * Loads a model again.
   *
   * @throws ApiError if that fails; the model stays as it was
   */
  ObjectNode reload(String name) {
    ServedModel model = models.get(name);
    try {
      model.reload();
    } catch (UserException | ComponentException e) {
      LOG.error("{} was not loaded again: {}", name, e.getMessage());
      throw new ApiError(
          500,
          "not-loaded",
          "the model could not be loaded, and stays as it was; the server's log says why");
    }
    return JsonNodeFactory.instance
        .objectNode()
        .put("name", name)
        .put("loaded", model.since().toString());
  }
}
