package org.seq4j.cli.view;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.seq4j.runtime.config.key.ConfigDescription;
import org.seq4j.runtime.plugin.ComponentRegistry;

/**
 * Help on a component, for users who write config files.
 *
 * @param entry the component
 */
public record ComponentHelp(ComponentRegistry.Entry<?> entry) {
  private static final int WIDTH = 80;
  private static final String INDENT = "      ";
  private static final Pattern SPACE = Pattern.compile(" ");

  /** Returns the keys, each with type, default and meaning, followed by a YAML snippet. */
  public List<String> lines() {
    List<ConfigDescription.Entry> keys = ConfigDescription.of(entry.configType()).keys();
    List<String> lines = new ArrayList<>();
    lines.add("%s %s (%s)".formatted(entry.kind().name(), entry.name(), entry.origin()));
    wrapped(entry.doc()).forEach(line -> lines.add("  " + line));
    lines.add("");
    if (keys.isEmpty()) {
      lines.add("This component has no keys.");
    }
    keys.forEach(key -> explain(key, "", lines));
    lines.add("");
    lines.add("In a config file:");
    lines.add("");
    lines.addAll(snippet());
    return lines;
  }

  /** Returns a YAML snippet for a config file. */
  List<String> snippet() {
    List<String> lines = new ArrayList<>();
    lines.add("%s:".formatted(entry.kind().name()));
    lines.add("  type: " + entry.name());
    ConfigDescription.of(entry.configType()).keys().forEach(key -> lines.add("  " + yaml(key)));
    return lines;
  }

  private static void explain(ConfigDescription.Entry key, String path, List<String> lines) {
    String need =
        key.required()
            ? "required"
            : key.defaultValue().map(value -> "default " + value).orElse("optional");
    lines.add("  %s%s  %s; %s".formatted(path, key.name(), key.type(), need));
    wrapped(key.doc()).forEach(line -> lines.add(INDENT + line));
    key.kind()
        .ifPresent(kind -> lines.add(INDENT + "See: seq4j plugins list, under " + kind.name()));
    key.nested().forEach(below -> explain(below, path + key.name() + ".", lines));
  }

  /** Returns the YAML of a key with its default; without one, users fill in the value. */
  private static String yaml(ConfigDescription.Entry key) {
    if (key.defaultValue().isPresent()) {
      return key.name() + ": " + key.defaultValue().get();
    }
    if (key.required() && key.example().isPresent()) {
      return "%s: %s  # required: %s".formatted(key.name(), key.example().get(), key.type());
    }
    String comment = (key.required() ? "required: " : "optional: ") + key.type();
    return key.required()
        ? "%s:  # %s".formatted(key.name(), comment)
        : "# %s:  # %s".formatted(key.name(), comment);
  }

  private static List<String> wrapped(String text) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : SPACE.split(text, -1)) {
      if (line.length() + 1 + word.length() > WIDTH - INDENT.length()) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.length() == 0 ? "" : " ").append(word);
    }
    if (line.length() > 0) {
      lines.add(line.toString());
    }
    return lines;
  }
}
