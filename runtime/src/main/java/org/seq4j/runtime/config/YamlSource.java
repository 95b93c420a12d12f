package org.seq4j.runtime.config;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.CollectionEndEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.nodes.CollectionNode;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.reader.ReaderException;

/**
 * Parses YAML into nodes. It uses SnakeYAML's node tree, one level below Jackson's, in which values
 * are still text: {@code no}, {@code 010} and {@code 1.10} have not become false, 8 and 1.1, and
 * quotes and locations are known.
 */
final class YamlSource {
  private static final String MERGE = "<<";

  private static final Set<Tag> TAGS =
      Set.of(
          Tag.STR,
          Tag.INT,
          Tag.FLOAT,
          Tag.BOOL,
          Tag.NULL,
          Tag.TIMESTAMP,
          Tag.MERGE,
          Tag.SEQ,
          Tag.MAP);

  private final Function<Mark, SourceLocation> places;
  private final VariableMask mask;
  private final List<ConfigProblem> problems = new ArrayList<>();
  // An alias is the same node object: it is converted once.
  private final IdentityHashMap<org.yaml.snakeyaml.nodes.Node, Node> converted =
      new IdentityHashMap<>();
  private final Set<org.yaml.snakeyaml.nodes.Node> open =
      Collections.newSetFromMap(new IdentityHashMap<>());

  private YamlSource(Function<Mark, SourceLocation> places, VariableMask mask) {
    this.places = places;
    this.mask = mask;
  }

  /**
   * Parses a file; returns empty for an empty file.
   *
   * @param source the file, for locations
   */
  static Optional<Node> file(String text, SourceFile source, List<ConfigProblem> problems)
      throws SourceException {
    return parse(
        text,
        "",
        mark -> SourceLocation.at(mark.getLine() + 1, mark.getColumn() + 1).in(source),
        problems);
  }

  /** Parses a value that is not in the file; all its parts get one location. */
  static Node value(String text, String path, SourceLocation place, List<ConfigProblem> problems)
      throws SourceException {
    return parse(text, path, mark -> place, problems).orElse(new Node.Scalar("", false, place));
  }

  private static Optional<Node> parse(
      String text, String path, Function<Mark, SourceLocation> places, List<ConfigProblem> problems)
      throws SourceException {
    LoaderOptions options = new LoaderOptions();
    options.setTagInspector(
        tag -> true); // tags create no objects; they are reported with their keys
    VariableMask mask = VariableMask.of(text);
    try {
      org.yaml.snakeyaml.nodes.Node root =
          new Yaml(options).compose(new StringReader(mask.masked(text)));
      if (root == null) {
        return Optional.empty();
      }
      YamlSource source = new YamlSource(places, mask);
      Node node = source.convert(root, path, source.place(root));
      problems.addAll(source.problems);
      return Optional.of(node);
    } catch (MarkedYAMLException e) {
      Mark mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
      throw new SourceException(places.apply(mark), "not valid YAML: " + mask.unmasked(reason(e)));
    } catch (ReaderException e) {
      int line = (int) text.codePoints().limit(e.getPosition()).filter(c -> c == '\n').count();
      Mark mark = new Mark("", 0, line, 0, new int[0], 0);
      throw new SourceException(
          places.apply(mark),
          String.format(
              Locale.ROOT,
              "not valid YAML: the character U+%04X is not allowed. Remove it",
              e.getCodePoint()));
    } catch (YAMLException e) { // too deep
      String firstLine = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw new SourceException(
          deepest(mask.masked(text), options).map(places).orElse(SourceLocation.FILE),
          "not valid YAML: " + firstLine);
    }
  }

  /** Returns the place of the first collection that is inside of too many others. */
  private static Optional<Mark> deepest(String text, LoaderOptions options) {
    int depth = 0;
    for (Event event : new Yaml(options).parse(new StringReader(text))) {
      if (event instanceof CollectionStartEvent && ++depth > options.getNestingDepthLimit()) {
        return Optional.of(event.getStartMark());
      }
      depth -= event instanceof CollectionEndEvent ? 1 : 0;
    }
    return Optional.empty();
  }

  private static String reason(MarkedYAMLException e) {
    return (e.getContext() == null ? "" : e.getContext() + ", ") + e.getProblem();
  }

  private SourceLocation place(org.yaml.snakeyaml.nodes.Node node) {
    return places.apply(node.getStartMark());
  }

  /**
   * Converts a node.
   *
   * @param keyPlace location of its key, which users look for: a map or list in block style begins
   *     below its key
   */
  private Node convert(org.yaml.snakeyaml.nodes.Node node, String path, SourceLocation keyPlace) {
    Node known = converted.get(node);
    if (known != null) {
      return known;
    }
    if (!TAGS.contains(node.getTag())) {
      String message = "YAML tags are not supported: remove " + node.getTag().getValue();
      problems.add(new ConfigProblem(place(node), path, message));
    }
    if (!open.add(node)) {
      problems.add(new ConfigProblem(place(node), path, "contains itself, through an alias"));
      return new Node.Scalar("", false, place(node));
    }
    Node result;
    if (node instanceof ScalarNode scalar) {
      boolean quoted = scalar.getScalarStyle() != ScalarStyle.PLAIN;
      result = new Node.Scalar(mask.unmasked(scalar.getValue()), quoted, place(node));
    } else {
      boolean flow = ((CollectionNode<?>) node).getFlowStyle() == FlowStyle.FLOW;
      SourceLocation begins = flow ? place(node) : keyPlace;
      result =
          node instanceof MappingNode map
              ? entries(map, path, begins)
              : items((SequenceNode) node, path, begins);
    }
    open.remove(node);
    converted.put(node, result);
    return result;
  }

  private Node items(SequenceNode list, String path, SourceLocation begins) {
    List<Node> items = new ArrayList<>();
    for (org.yaml.snakeyaml.nodes.Node item : list.getValue()) {
      items.add(convert(item, KeyPath.item(path, items.size()), place(item)));
    }
    return new Node.Items(items, begins);
  }

  private Node entries(MappingNode map, String path, SourceLocation begins) {
    Map<String, Node.Entry> entries = new LinkedHashMap<>();
    List<Node> merged = new ArrayList<>();
    for (NodeTuple tuple : map.getValue()) {
      SourceLocation keyPlace = place(tuple.getKeyNode());
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        problems.add(new ConfigProblem(keyPlace, path, "a key must be a single value"));
        continue;
      }
      String name = mask.unmasked(key.getValue());
      String below = KeyPath.child(path, name);
      Node value = convert(tuple.getValueNode(), below, keyPlace);
      if (key.getValue().equals(MERGE) && key.getScalarStyle() == ScalarStyle.PLAIN) {
        merged.addAll(value instanceof Node.Items several ? several.items() : List.of(value));
        continue;
      }
      Node.Entry first = entries.putIfAbsent(name, new Node.Entry(keyPlace, value));
      if (first != null) {
        problems.add(KeyPath.twice(below, keyPlace, first));
      }
    }
    Node.Entries result = new Node.Entries(entries, Optional.empty(), begins);
    for (Node other : merged) {
      if (other instanceof Node.Entries defaults) {
        result = result.orElse(defaults);
      } else {
        problems.add(
            new ConfigProblem(other.place(), path, "<< expects a map, got " + other.got()));
      }
    }
    return result;
  }
}
