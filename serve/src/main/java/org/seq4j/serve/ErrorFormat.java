package org.seq4j.serve;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The form of an error in JSON. */
enum ErrorFormat {
  /** {@code {"error": {"status": ..., "code": ..., "message": ...}}}. */
  SEQ4J,
  /** LibreTranslate's {@code {"error": MESSAGE}}. */
  LIBRE_TRANSLATE;

  ObjectNode of(ApiError error) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    if (this == LIBRE_TRANSLATE) {
      return object.put("error", error.getMessage());
    }
    object
        .putObject("error")
        .put("status", error.status())
        .put("code", error.code())
        .put("message", error.getMessage());
    return object;
  }
}
