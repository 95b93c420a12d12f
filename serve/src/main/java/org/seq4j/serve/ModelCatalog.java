package org.seq4j.serve;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The models of a server by name; further ones may be found later. Thread-safe. */
final class ModelCatalog {
  private final Map<String, ServedModel> models = new LinkedHashMap<>();
  private final Function<String, Optional<ServedModel>> finder;

  /**
   * Creates a catalog without models.
   *
   * @param finder finds a model that is not in the catalog yet
   */
  ModelCatalog(Function<String, Optional<ServedModel>> finder) {
    this.finder = finder;
  }

  synchronized void add(ServedModel model) {
    models.put(model.name(), model);
  }

  /** Returns the models in their order. */
  synchronized List<ServedModel> all() {
    return new ArrayList<>(models.values());
  }

  /**
   * Returns the model of a name.
   *
   * @param name a name; null for the first one that is loaded
   * @throws ApiError if there is no such model
   */
  synchronized ServedModel get(String name) {
    if (name == null) {
      return models.values().stream()
          .filter(ServedModel::isLoaded)
          .findFirst()
          .orElseThrow(() -> ApiError.later("not-loaded", "no model is loaded"));
    }
    ServedModel model = models.get(name);
    if (model == null) {
      throw new ApiError(
          404,
          "no-such-model",
          "model: there is no '%s'. Known: %s"
              .formatted(Json.shortened(name), String.join(", ", models.keySet())));
    }
    return model;
  }

  /**
   * Returns the model of a name, which may be new.
   *
   * @throws ApiError if there is no such model
   */
  synchronized ServedModel find(String name) {
    return models.containsKey(name)
        ? models.get(name)
        : finder.apply(name).orElseGet(() -> get(name));
  }

  void close() {
    all().forEach(ServedModel::close);
  }
}
