package org.seq4j.runtime.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An override, {@code a.list[0].x=value}: the argument of {@code --set}.
 *
 * <p>Missing maps on the path are created. The index of a list with one item may be omitted, and a
 * single value may have the index {@code [0]}: as in a file, a single value is equivalent to a list
 * of one. An index equal to the size of the list appends an item.
 */
final class ConfigOverride {
  private static final Pattern STEP =
      Pattern.compile("(?:^|(?<!^)\\.)(?<key>[^.\\[\\]=\\s]+)|\\[(?<index>\\d{1,6})\\]");

  /** A key of a map; or, if the key is null, an index of a list. */
  private record Step(String key, int index) {}

  /** Reports an override that cannot be applied. */
  private static final class Refusal extends Exception {
    private Refusal(String message) {
      super(message);
    }
  }

  private final List<Step> steps;
  private final SourceLocation place;

  private ConfigOverride(List<Step> steps, SourceLocation place) {
    this.steps = steps;
    this.place = place;
  }

  /** Applies an override; returns the root unchanged and adds a problem if that is impossible. */
  static Node.Entries apply(String text, Node.Entries root, List<ConfigProblem> problems) {
    SourceLocation place = SourceLocation.of("--set " + text);
    int equals = text.indexOf('=');
    String path = equals < 0 ? text : text.substring(0, equals).strip();
    List<Step> steps = steps(path);
    if (equals < 0 || steps.isEmpty()) {
      String message = "not an override. Expected key=value, such as training.batch.size=32";
      problems.add(new ConfigProblem(place, "", message));
      return root;
    }
    try {
      Node value = YamlSource.value(text.substring(equals + 1), path, place, problems);
      return (Node.Entries) new ConfigOverride(steps, place).set(root, 0, value);
    } catch (SourceException | Refusal e) {
      problems.add(new ConfigProblem(place, path, e.getMessage()));
      return root;
    }
  }

  /** Parses the steps of a path; returns no steps for an invalid path. */
  private static List<Step> steps(String path) {
    List<Step> steps = new ArrayList<>();
    Matcher matcher = STEP.matcher(path);
    int end = 0;
    while (end < path.length()) {
      if (!matcher.find(end) || matcher.start() != end) {
        return List.of();
      }
      String key = matcher.group("key");
      steps.add(new Step(key, key == null ? Integer.parseInt(matcher.group("index")) : 0));
      end = matcher.end();
    }
    return !steps.isEmpty() && steps.get(0).key() == null ? List.of() : steps;
  }

  private Node set(Node current, int depth, Node value) throws Refusal {
    if (depth == steps.size()) {
      return value;
    }
    Step step = steps.get(depth);
    return step.key() == null
        ? setItem(current, step.index(), depth, value)
        : setKey(current, step.key(), depth, value);
  }

  private Node setKey(Node current, String key, int depth, Node value) throws Refusal {
    if (current instanceof Node.Items list) {
      if (list.items().size() != 1) {
        throw new Refusal(
            String.format(
                Locale.ROOT,
                "there is a list of %d before '%s'. Add an index; the first is [0]",
                list.items().size(),
                key));
      }
      return new Node.Items(List.of(set(list.items().get(0), depth, value)), list.place());
    }
    Node.Entries map = current instanceof Node.Entries entries ? entries : around(current);
    return map.with(key, set(map.value(key).orElse(nothing()), depth + 1, value));
  }

  private Node setItem(Node current, int index, int depth, Node value) throws Refusal {
    List<Node> items = new ArrayList<>();
    if (current instanceof Node.Items list) {
      items.addAll(list.items());
    } else if (!current.isNull()) {
      items.add(current);
    }
    if (index > items.size()) {
      throw new Refusal(
          String.format(
              Locale.ROOT, "there is no item [%d]; the next index is [%d]", index, items.size()));
    }
    Node old = index < items.size() ? items.get(index) : nothing();
    Node changed = set(old, depth + 1, value);
    if (index < items.size()) {
      items.set(index, changed);
    } else {
      items.add(changed);
    }
    return new Node.Items(items, current.isNull() ? place : current.place());
  }

  private Node.Entries around(Node bare) {
    return bare.isNull()
        ? Node.Entries.empty(place)
        : new Node.Entries(Map.of(), Optional.of(bare), place);
  }

  private Node nothing() {
    return new Node.Scalar("", false, place);
  }
}
