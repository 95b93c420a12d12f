package org.seq4j.serve;

import java.util.Collection;
import java.util.Map;

/**
 * The models of a server by their names.
 *
 * @param models the first one is meant where none is named
 */
record ModelCatalog(Map<String, ServedModel> models) {

  Collection<ServedModel> all() {
    return models.values();
  }

  /**
   * The model of a name.
   *
   * @param name null for the first one
   * @throws ApiError if there is none
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
          "model: there is no '%s'. There are: %s"
              .formatted(Json.shortened(name), String.join(", ", models.keySet())));
    }
    return model;
  }
}
