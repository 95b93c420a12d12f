package org.seq4j.serve;

import java.util.Collection;
import java.util.Map;

/**
 * The models of a server by name.
 *
 * @param models the models; the first one is the default
 */
record ModelCatalog(Map<String, ServedModel> models) {

  Collection<ServedModel> all() {
    return models.values();
  }

  /**
   * Returns the model of a name.
   *
   * @param name a name; null for the default
   * @throws ApiError if there is no such model
   */
  ServedModel get(String name) {
    if (name == null) {
      return models.values().iterator().next();
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
}
