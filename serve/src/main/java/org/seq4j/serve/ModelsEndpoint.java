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

/** Lists the models, and reloads them. */
final class ModelsEndpoint {
  private static final Logger LOG = LoggerFactory.getLogger(ModelsEndpoint.class);

  private final ModelCatalog models;

  ModelsEndpoint(ModelCatalog models) {
    this.models = models;
  }

  /** Returns the list of all models. */
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
        ? String.format(Locale.ROOT, "text of %d tokens", text.vocabulary().size())
        : String.format(Locale.ROOT, "vectors of %d numbers", codec.space().depth());
  }

  /**
   * Reloads a model.
   *
   * @throws ApiError if that fails; the previous model stays in use
   */
  ObjectNode reload(String name) {
    ServedModel model = models.get(name);
    try {
      model.reload();
    } catch (UserException | ComponentException e) {
      LOG.error("{} could not be reloaded: {}", name, e.getMessage());
      throw new ApiError(
          500,
          "not-loaded",
          "the model could not be reloaded, the previous one stays in use; see the server's log");
    }
    return JsonNodeFactory.instance
        .objectNode()
        .put("name", name)
        .put("loaded", model.since().toString());
  }
}
