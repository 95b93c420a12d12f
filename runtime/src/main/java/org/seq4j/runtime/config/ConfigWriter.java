package org.seq4j.runtime.config;

import static org.yaml.snakeyaml.DumperOptions.FlowStyle.BLOCK;
import static org.yaml.snakeyaml.DumperOptions.FlowStyle.FLOW;

import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seq4j.core.plugin.Component;
import org.seq4j.runtime.config.key.ConfigKey;
import org.seq4j.runtime.config.key.Literal;
import org.seq4j.runtime.config.key.NamingConvention;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.comments.CommentLine;
import org.yaml.snakeyaml.comments.CommentType;
import org.yaml.snakeyaml.nodes.CollectionNode;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Writes a bound record as YAML that binds to an equal record. All defaults are written, so that it
 * does not depend on the defaults of a later version, and paths are absolute.
 */
public final class ConfigWriter {
  private static final String ORIGINS = "# Values without a comment are defaults.\n";

  private final Optional<Path> folder;
  private final Optional<ConfigTree> origin;

  private ConfigWriter(Optional<Path> folder, Optional<ConfigTree> origin) {
    this.folder = folder;
    this.origin = origin;
  }

  /**
   * Returns the YAML of a config record. Paths are absolute.
   *
   * @throws IllegalArgumentException if a component of the record cannot be a config key
   */
  public static String write(Record config) {
    return new ConfigWriter(Optional.empty(), Optional.empty()).text(config);
  }

  /** Writes a config for a folder that may be moved: paths below the folder are relative to it. */
  public static String write(Record config, Path folder) {
    return new ConfigWriter(Optional.of(normal(folder)), Optional.empty()).text(config);
  }

  /**
   * Writes a config with a comment at each value that names the location it was read from.
   *
   * @param origin the tree that the record was bound from
   */
  public static String write(Record config, Path folder, ConfigTree origin) {
    return ORIGINS
        + new ConfigWriter(Optional.of(normal(folder)), Optional.of(origin)).text(config);
  }

  private static Path normal(Path folder) {
    return folder.toAbsolutePath().normalize();
  }

  private String text(Record config) {
    DumperOptions options = new DumperOptions();
    options.setSplitLines(false);
    options.setIndicatorIndent(2);
    options.setIndentWithIndicator(true);
    StringWriter text = new StringWriter();
    options.setProcessComments(true);
    new Yaml(options).serialize(map(record(config, "")), text);
    return text.toString();
  }

  private List<NodeTuple> record(Record config, String path) {
    List<NodeTuple> entries = new ArrayList<>();
    for (ConfigKey key : ConfigKey.of(config.getClass())) {
      Object value = ConfigRecords.get(config, key);
      // An absent key would get its default: null states that it has no value.
      if (!Optional.empty().equals(value)) {
        entries.add(entry(path, key.name(), value));
      } else if (key.defaultValue().isPresent()) {
        entries.add(noted(KeyPath.child(path, key.name()), key.name(), plain(Tag.NULL, "null")));
      }
    }
    return entries;
  }

  private NodeTuple entry(String path, String key, Object value) {
    String below = KeyPath.child(path, key);
    return noted(below, key, node(value, below));
  }

  /** Adds a comment with the origin of a value, unless the value has several lines. */
  private NodeTuple noted(String path, String key, Node value) {
    if (value instanceof ScalarNode || isFlow(value)) {
      origin
          .flatMap(tree -> tree.origin(path))
          .map(
              where ->
                  new CommentLine(
                      null, null, " " + where.replaceAll("\\s+", " "), CommentType.IN_LINE))
          .ifPresent(comment -> value.setInLineComments(List.of(comment)));
    }
    return new NodeTuple(plain(Tag.STR, key), value);
  }

  private static boolean isFlow(Node value) {
    return value instanceof CollectionNode<?> collection && collection.getFlowStyle() == FLOW;
  }

  private Node node(Object value, String path) {
    if (value instanceof Optional<?> some) {
      return node(some.orElseThrow(), path);
    } else if (value instanceof Component<?> component) {
      List<NodeTuple> entries = new ArrayList<>();
      entries.add(noted(KeyPath.child(path, "type"), "type", text(component.type())));
      entries.addAll(record(component.config(), path));
      return map(entries);
    } else if (value instanceof Literal literal) {
      return text(literal.text());
    } else if (value instanceof Record config) {
      return map(record(config, path));
    } else if (value instanceof Map<?, ?> map) {
      List<NodeTuple> entries = new ArrayList<>();
      map.forEach((key, item) -> entries.add(entry(path, (String) key, item)));
      return map(entries);
    } else if (value instanceof List<?> list) {
      return list(list, path);
    }
    return scalar(value);
  }

  private static Node map(List<NodeTuple> entries) {
    return new MappingNode(Tag.MAP, entries, entries.isEmpty() ? FLOW : BLOCK);
  }

  private Node list(List<?> list, String path) {
    List<Node> items = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      items.add(node(list.get(i), KeyPath.item(path, i)));
    }
    boolean scalars = items.stream().allMatch(ScalarNode.class::isInstance);
    return new SequenceNode(Tag.SEQ, items, scalars ? FLOW : BLOCK);
  }

  private Node scalar(Object value) {
    if (value instanceof Boolean) {
      return plain(Tag.BOOL, value.toString());
    } else if (value instanceof Integer || value instanceof Long) {
      return plain(Tag.INT, value.toString());
    } else if (value instanceof Float || value instanceof Double) {
      return plain(Tag.FLOAT, decimal(value.toString()));
    } else if (value instanceof Enum<?> constant) {
      return text(NamingConvention.value(constant));
    } else if (value instanceof Duration time) {
      return text(NamingConvention.value(time));
    } else if (value instanceof Path path) {
      Path absolute = normal(path);
      return text(
          folder
              .filter(absolute::startsWith)
              .map(it -> it.relativize(absolute))
              .orElse(absolute)
              .toString());
    } else if (value instanceof String string) {
      return text(string);
    }
    throw new IllegalArgumentException(value + " cannot be written as a config value");
  }

  /** Converts Java's 1.0E10 to a form that all readers of YAML know. */
  private static String decimal(String java) {
    return switch (java) {
      case "NaN" -> ".nan";
      case "Infinity" -> ".inf";
      case "-Infinity" -> "-.inf";
      default -> java.replaceFirst("E(\\d)", "e+$1").replace('E', 'e');
    };
  }

  /** SnakeYAML adds quotes to a text that it would read as another type. */
  private static Node text(String text) {
    ScalarStyle style = Scalars.needsQuotes(text) ? ScalarStyle.SINGLE_QUOTED : ScalarStyle.PLAIN;
    return new ScalarNode(Tag.STR, EnvironmentVariables.escape(text), null, null, style);
  }

  private static Node plain(Tag tag, String text) {
    return new ScalarNode(tag, text, null, null, ScalarStyle.PLAIN);
  }
}
