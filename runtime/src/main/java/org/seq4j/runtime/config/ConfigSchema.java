package org.seq4j.runtime.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.List;
import org.seq4j.core.metric.Metric;
import org.seq4j.runtime.config.key.Bounds;
import org.seq4j.runtime.config.key.ComponentKind;
import org.seq4j.runtime.config.key.ConfigKey;
import org.seq4j.runtime.config.key.ValueType;
import org.seq4j.runtime.plugin.ComponentRegistry;

/**
 * Describes the input of {@link ConfigReader} as a JSON Schema (draft 2020-12), with which editors
 * complete and check config files. It describes the values of single keys; rules across keys, and
 * the existence of files, are checked by the command {@code check}.
 *
 * <p>A file with {@code include} needs no key, because any may be in an included file: such files
 * have definitions of their own, without required keys.
 */
public final class ConfigSchema {
  private static final ObjectMapper YAML = new YAMLMapper();
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String ANY = "anyOf";
  private static final String REFERENCE = "$ref";
  private static final String TYPE = "type";
  private static final String PROPERTIES = "properties";
  private static final String REQUIRED = "required";
  private static final String FILE = "file";

  private final ComponentRegistry registry;
  private final ObjectNode definitions;
  private final boolean including;

  /**
   * @param including true for files that include others, whose keys need not be there
   */
  private ConfigSchema(ComponentRegistry registry, ObjectNode definitions, boolean including) {
    this.registry = registry;
    this.definitions = definitions;
    this.including = including;
  }

  /**
   * Creates the schema of a file.
   *
   * @param type type of the record that the whole file is bound to
   * @param id URI of the schema
   * @param registry registry of the components that the file can name
   */
  public static ObjectNode of(Class<? extends Record> type, String id, ComponentRegistry registry) {
    ObjectNode definitions = JSON.objectNode();
    ConfigSchema whole = new ConfigSchema(registry, definitions, false);
    ConfigSchema including = new ConfigSchema(registry, definitions, true);
    ObjectNode root = JSON.objectNode();
    root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    root.put("$id", id);
    root.put(TYPE, "object");
    ObjectNode withInclude = ofType("object");
    withInclude.putObject(PROPERTIES).putObject(Includes.KEY);
    withInclude.putArray(REQUIRED).add(Includes.KEY);
    root.set("if", withInclude);
    root.set("then", reference(including.file(type)));
    root.set("else", reference(whole.file(type)));
    root.set("$defs", definitions);
    return root;
  }

  private String file(Class<? extends Record> type) {
    ObjectNode file = map(type);
    includes(file);
    definitions.set(named(FILE), file);
    return named(FILE);
  }

  private String named(String definition) {
    return including ? definition + ".including" : definition;
  }

  /** Adds {@code include}. */
  private static void includes(ObjectNode file) {
    ObjectNode files = ofType("array");
    files.set("items", ofType("string"));
    ObjectNode include = any(ofType("string"), files);
    include.put(
        "description",
        "Files with keys for which this file has no value; a later file overrides an"
            + " earlier one.");
    ((ObjectNode) file.get(PROPERTIES)).set(Includes.KEY, include);
  }

  /** Describes a record written as a map. */
  private ObjectNode map(Class<? extends Record> type) {
    ObjectNode map = JSON.objectNode();
    map.put(TYPE, "object");
    map.set(PROPERTIES, JSON.objectNode());
    map.putObject("patternProperties").putObject("^" + RecordBinding.IGNORED);
    map.put("additionalProperties", false);
    ArrayNode required = JSON.arrayNode();
    for (ConfigKey key : ConfigKey.of(type)) {
      ((ObjectNode) map.get(PROPERTIES)).set(key.name(), key(key));
      if (key.required() && !including) {
        required.add(key.name());
      }
    }
    if (!required.isEmpty()) {
      map.set(REQUIRED, required);
    }
    return map;
  }

  private ObjectNode key(ConfigKey key) {
    ObjectNode value = value(key.type());
    if (plain(key.type()) instanceof ValueType.Part part && key.defaultValue().isPresent()) {
      value = any(value, any(withoutType(part.kind(), key.defaultValue().get()), ofType("null")));
    } else if (key.type() instanceof ValueType.Many many
        && many.of() instanceof ValueType.Part part
        && key.defaultValue().isPresent()) {
      ObjectNode keys = withoutType(part.kind(), key.defaultValue().get());
      value = keys.path(PROPERTIES).isEmpty() ? value : any(value, keys);
    }
    if (!key.doc().isEmpty()) {
      value.put("description", key.doc());
    }
    if (key.defaultValue().isPresent()) {
      value.set("default", yaml(key.defaultValue().get()));
    }
    return value;
  }

  private static ValueType plain(ValueType type) {
    return type instanceof ValueType.Maybe maybe ? maybe.of() : type;
  }

  private static JsonNode yaml(String text) {
    try {
      return YAML.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("default '" + text + "': " + e.getMessage(), e);
    }
  }

  private ObjectNode value(ValueType type) {
    if (type instanceof ValueType.Maybe maybe) {
      return any(value(maybe.of()), ofType("null"));
    } else if (type instanceof ValueType.Many many) {
      ObjectNode list = ofType("array");
      list.set("items", whole().value(many.of())); // lists are not merged
      return any(value(many.of()), list);
    } else if (type instanceof ValueType.Named named) {
      ObjectNode map = ofType("object");
      map.set("additionalProperties", value(named.of()));
      return any(map, ofType("null"));
    } else if (type instanceof ValueType.Section section) {
      return reference(section(section.type()));
    } else if (type instanceof ValueType.Part part) {
      return reference(kind(part.kind()));
    }
    return scalar(type);
  }

  private ConfigSchema whole() {
    return new ConfigSchema(registry, definitions, false);
  }

  private static ObjectNode scalar(ValueType type) {
    if (type instanceof ValueType.Flag) {
      return orVariable(ofType("boolean"));
    } else if (type instanceof ValueType.Whole whole) {
      return orVariable(bounded(ofType("integer"), whole.bounds()));
    } else if (type instanceof ValueType.Decimal decimal) {
      return orVariable(bounded(ofType("number"), decimal.bounds()));
    } else if (type instanceof ValueType.Choice choice) {
      return orVariable(oneOf(choice.names()));
    } else if (type instanceof ValueType.Any) {
      return any(ofType("string"), ofType("number"), ofType("boolean"));
    }
    return ofType("string"); // text, or a path
  }

  private static ObjectNode bounded(ObjectNode number, Bounds bounds) {
    if (bounds.min() != Double.NEGATIVE_INFINITY) {
      number.put("minimum", bounds.min());
    }
    if (bounds.max() != Double.POSITIVE_INFINITY) {
      number.put("maximum", bounds.max());
    }
    return number;
  }

  private static ObjectNode orVariable(ObjectNode value) {
    ObjectNode variable = ofType("string");
    variable.put("pattern", "\\$\\{[A-Za-z_]"); // an environment variable
    return any(value, variable);
  }

  /** Defines a record, which may also be written as its shorthand, or be empty. */
  private String section(Class<? extends Record> type) {
    String name = named(type.getName());
    if (!definitions.has(name)) {
      definitions.set(name, JSON.objectNode()); // records may contain themselves
      ObjectNode map = map(type);
      ObjectNode section = map.has(REQUIRED) ? any(map) : any(map, ofType("null"));
      ConfigKey.of(type).stream()
          .filter(ConfigKey::shorthand)
          .forEach(key -> ((ArrayNode) section.get(ANY)).add(value(key.type())));
      definitions.set(name, section);
    }
    return name;
  }

  /** Defines a kind: the bare name of a component, or a map with its type. */
  private String kind(ComponentKind<?> kind) {
    String name = named(kind.name());
    if (!definitions.has(name)) {
      definitions.set(name, JSON.objectNode());
      ArrayNode choices = JSON.arrayNode();
      List<ComponentRegistry.Entry<?>> entries = List.copyOf(registry.entries(kind));
      List<String> bare =
          entries.stream()
              .filter(entry -> including || bare(entry))
              .<String>map(ComponentRegistry.Entry::name)
              .toList();
      if (!bare.isEmpty()) { // an empty enum is not valid
        choices.add(oneOf(bare));
      }
      for (ComponentRegistry.Entry<?> entry : entries) {
        choices.add(reference(component(entry, TYPE)));
        if (kind.component() == Metric.class) {
          choices.add(reference(component(entry, "name")));
        }
      }
      definitions.set(
          name,
          choices.isEmpty()
              ? JSON.objectNode().set("not", JSON.objectNode())
              : JSON.objectNode().set(ANY, choices));
    }
    return name;
  }

  /** Returns true if a component requires no keys. */
  private static boolean bare(ComponentRegistry.Entry<?> entry) {
    return ConfigKey.of(entry.configType()).stream().noneMatch(ConfigKey::required);
  }

  private String component(ComponentRegistry.Entry<?> entry, String nameKey) {
    String suffix = nameKey.equals(TYPE) ? "" : ".named";
    String name = named(entry.kind().name() + "." + entry.name() + suffix);
    if (!definitions.has(name)) {
      definitions.set(name, JSON.objectNode());
      ObjectNode map = map(entry.configType());
      ObjectNode type = JSON.objectNode().put("const", entry.name());
      if (!entry.doc().isEmpty()) {
        type.put("description", entry.doc());
      }
      ((ObjectNode) map.get(PROPERTIES)).set(nameKey, type);
      if (!including) {
        map.withArray(REQUIRED).add(nameKey);
      }
      definitions.set(name, map);
    }
    return name;
  }

  /** Describes a map for the default component, in which its type and keys may be absent. */
  private ObjectNode withoutType(ComponentKind<?> kind, String defaultValue) {
    JsonNode written = yaml(defaultValue);
    String name = written.isTextual() ? written.asText() : written.path(TYPE).asText();
    return registry.entries(kind).stream()
        .filter(entry -> entry.name().equals(name))
        .map(
            entry -> {
              ObjectNode map = map(entry.configType());
              map.remove(REQUIRED);
              return map;
            })
        .findFirst()
        .orElseGet(() -> ofType("null"));
  }

  private static ObjectNode ofType(String type) {
    return JSON.objectNode().put(TYPE, type);
  }

  private static ObjectNode oneOf(List<String> names) {
    ArrayNode all = JSON.arrayNode();
    names.forEach(all::add);
    return JSON.objectNode().set("enum", all);
  }

  private static ObjectNode reference(String definition) {
    return JSON.objectNode().put(REFERENCE, "#/$defs/" + definition);
  }

  private static ObjectNode any(ObjectNode... choices) {
    ArrayNode all = JSON.arrayNode();
    for (ObjectNode choice : choices) {
      all.add(choice);
    }
    return JSON.objectNode().set(ANY, all);
  }
}
