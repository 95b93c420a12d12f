package org.seq4j.core.config;

import static org.yaml.snakeyaml.DumperOptions.FlowStyle.BLOCK;
import static org.yaml.snakeyaml.DumperOptions.FlowStyle.FLOW;

import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seq4j.core.plugin.Component;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Writes a bound record as YAML that binds to an equal one: with every default filled in, whatever
 * the defaults of a later version are, and with paths that are absolute.
 */
public final class ConfigWriter {
  private final Optional<Path> folder;

  private ConfigWriter(Optional<Path> folder) {
    this.folder = folder;
  }

  /**
   * The YAML of a config record. Paths are absolute.
   *
   * @throws IllegalArgumentException if a component of it cannot be a config key
   */
  public static String write(Record config) {
    return new ConfigWriter(Optional.empty()).text(config);
  }

  /** The same for a file in a folder that may be moved: paths below it are relative to it. */
  public static String write(Record config, Path folder) {
    return new ConfigWriter(Optional.of(folder.toAbsolutePath().normalize())).text(config);
  }

  private String text(Record config) {
    DumperOptions options = new DumperOptions();
    options.setSplitLines(false);
    options.setIndicatorIndent(2);
    options.setIndentWithIndicator(true);
    StringWriter text = new StringWriter();
    new Yaml(options).serialize(map(record(config)), text);
    return text.toString();
  }

  private List<NodeTuple> record(Record config) {
    List<NodeTuple> entries = new ArrayList<>();
    for (ConfigKey key : ConfigKey.of(config.getClass())) {
      Object value = get(config, key.component().getAccessor());
      // A default fills in for what is absent: it takes a null to say that it does not here.
      if (!Optional.empty().equals(value)) {
        entries.add(entry(key.name(), node(value)));
      } else if (key.defaultValue().isPresent()) {
        entries.add(entry(key.name(), plain(Tag.NULL, "null")));
      }
    }
    return entries;
  }

  private static Object get(Record config, Method accessor) {
    try {
      accessor.setAccessible(true); // config records are mostly package-private
      return accessor.invoke(config);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException(accessor + " failed", e);
    }
  }

  private NodeTuple entry(String key, Node value) {
    return new NodeTuple(plain(Tag.STR, key), value);
  }

  private Node node(Object value) {
    if (value instanceof Optional<?> some) {
      return node(some.orElseThrow());
    } else if (value instanceof Component<?> component) {
      List<NodeTuple> entries = new ArrayList<>();
      entries.add(entry("type", text(component.type())));
      entries.addAll(record(component.config()));
      return map(entries);
    } else if (value instanceof Literal literal) {
      return text(literal.text());
    } else if (value instanceof Record config) {
      return map(record(config));
    } else if (value instanceof Map<?, ?> map) {
      List<NodeTuple> entries = new ArrayList<>();
      map.forEach((key, item) -> entries.add(entry((String) key, node(item))));
      return map(entries);
    } else if (value instanceof List<?> list) {
      return list(list);
    }
    return scalar(value);
  }

  private static Node map(List<NodeTuple> entries) {
    return new MappingNode(Tag.MAP, entries, entries.isEmpty() ? FLOW : BLOCK);
  }

  private Node list(List<?> list) {
    List<Node> items = list.stream().map(this::node).toList();
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
      return text(Spelling.value(constant));
    } else if (value instanceof Duration time) {
      return text(Spelling.value(time));
    } else if (value instanceof Path path) {
      Path absolute = path.toAbsolutePath().normalize();
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

  /** Java's 1.0E10 as other readers of YAML know it, too. */
  private static String decimal(String java) {
    return switch (java) {
      case "NaN" -> ".nan";
      case "Infinity" -> ".inf";
      case "-Infinity" -> "-.inf";
      default -> java.replaceFirst("E(\\d)", "e+$1").replace('E', 'e');
    };
  }

  /** SnakeYAML, too, puts quotes around a text that it would read as something else. */
  private static Node text(String text) {
    ScalarStyle style = Scalars.needsQuotes(text) ? ScalarStyle.SINGLE_QUOTED : ScalarStyle.PLAIN;
    return new ScalarNode(Tag.STR, Variables.escape(text), null, null, style);
  }

  private static Node plain(Tag tag, String text) {
    return new ScalarNode(tag, text, null, null, ScalarStyle.PLAIN);
  }
}
