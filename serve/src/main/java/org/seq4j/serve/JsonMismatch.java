package org.seq4j.serve;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Explains why Jackson could not read a body as a record.
 *
 * @param type the record
 * @param body the body
 * @param failure the exception of Jackson, with the path of the error
 */
record JsonMismatch(Class<? extends Record> type, ObjectNode body, JsonMappingException failure) {

  /** A value of the body, with its path and its expected type. */
  private record Spot(String path, Type type, JsonNode node) {

    /** Returns the value that a step of a path leads to. */
    Spot below(JsonMappingException.Reference step) {
      if (step.getFieldName() == null) {
        return new Spot(
            path + "[" + step.getIndex() + "]", argument(type), node.path(step.getIndex()));
      }
      String name = step.getFieldName();
      return new Spot(
          (path.isEmpty() ? "" : path + ".") + Json.shortened(name),
          component(type, name),
          node.path(name));
    }
  }

  ApiError refusal() {
    List<JsonMappingException.Reference> steps = failure.getPath();
    if (failure instanceof UnrecognizedPropertyException unknown && steps.size() == 1) {
      return ApiError.bad(
          "%s: unknown key. Known: %s"
              .formatted(
                  Json.shortened(unknown.getPropertyName()),
                  keys(type).stream().sorted().collect(Collectors.joining(", "))));
    }
    Spot spot = new Spot("", type, body);
    for (JsonMappingException.Reference step : steps) {
      Spot below = spot.below(step);
      if (below.type() == Void.class || below.node() instanceof MissingNode) {
        break; // the enclosing record has no such key, or the body lacks one
      }
      spot = below;
    }
    return ApiError.bad(
        "%s: expected %s, got %s"
            .formatted(spot.path(), expected(spot.type()), Json.shortened(spot.node())));
  }

  private static List<String> keys(Class<?> type) {
    return Arrays.stream(type.getRecordComponents()).map(RecordComponent::getName).toList();
  }

  /** Returns the type of a key; void if there is no such key. */
  private static Type component(Type type, String name) {
    if (type instanceof Class<?> plain && plain.isRecord()) {
      return Arrays.stream(plain.getRecordComponents())
          .filter(component -> component.getName().equals(name))
          .findFirst()
          .<Type>map(RecordComponent::getGenericType)
          .orElse(Void.class);
    }
    return Void.class;
  }

  private static Type argument(Type type) {
    return type instanceof ParameterizedType list ? list.getActualTypeArguments()[0] : Void.class;
  }

  private static String expected(Type type) {
    if (type == String.class) {
      return "a text";
    } else if (type == boolean.class) {
      return "true or false";
    } else if (type == Integer.class) {
      return "a whole number";
    } else if (type instanceof ParameterizedType generic && generic.getRawType() == List.class) {
      Type item = argument(type);
      return "a list of " + (item == String.class ? "texts" : expected(item));
    } else if (type instanceof Class<?> plain && plain.isRecord()) {
      return keys(plain).stream()
          .map("\"%s\": ..."::formatted)
          .collect(Collectors.joining(", ", "{", "}"));
    }
    return "an object";
  }
}
