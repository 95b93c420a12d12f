package org.seq4j.cli.view;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.seq4j.runtime.config.key.ComponentKind;
import org.seq4j.runtime.config.key.ConfigDescription;
import org.seq4j.runtime.plugin.ComponentRegistry;
import org.seq4j.trainer.experiment.ExperimentConfig;
import org.seq4j.trainer.sweep.SweepConfig;

/** The reference of all keys of config files and sweep files, in Markdown. */
public final class ReferencePage {
  private static final String INTRODUCTION =
      """
      # Reference of all keys

      `seq4j schema --markdown` writes this page, with the keys of your plugins. `seq4j schema` writes the JSON Schema from which
      editors complete and check keys, `seq4j plugins describe` shows one component.

      Keys are listed with the keys above them, `training.batch.size`, as in `--set training.batch.size=32`. A key without a default
      is required, unless it is optional. A list with one item may be written as the item. Relative paths start from the folder
      of the file, and those of `--set` from the folder in which the command is called. The key `include` names one or more
      files whose values apply where this file has none. `${NAME}` is replaced by an environment variable and read as any type;
      `${NAME:-0.1}` has a default. Keys that begin with `x-` are ignored; they are places for anchors of YAML.
      """;

  private final StringBuilder page = new StringBuilder();
  private final Map<List<ConfigDescription.Entry>, String> explained = new HashMap<>();

  private ReferencePage() {}

  /** Returns the page. */
  public static String text(ComponentRegistry registry) {
    ReferencePage reference = new ReferencePage();
    reference.explained.put(List.of(), "");
    reference.page.append(INTRODUCTION);
    reference.experiment();
    reference.sweep();
    registry.kinds().forEach(kind -> reference.kind(kind, registry));
    return reference.page.toString();
  }

  private void experiment() {
    List<ConfigDescription.Entry> keys = ConfigDescription.of(ExperimentConfig.class).keys();
    heading(2, "Config files");
    List<ConfigDescription.Entry> sections =
        keys.stream().filter(key -> !key.nested().isEmpty()).toList();
    table(keys.stream().filter(key -> key.nested().isEmpty()).toList(), "");
    for (ConfigDescription.Entry section : sections) {
      heading(2, "`" + section.name() + "`");
      page.append('\n').append(section.doc()).append('\n');
      table(section.nested(), section.name() + ".");
    }
  }

  private void sweep() {
    heading(2, "Sweep files");
    page.append('\n')
        .append(
            "For `seq4j sweep`. Trials are ranked by the best validation of each, in the metric that")
        .append(" `training.checkpoints.best_by` of the experiment names.\n");
    table(ConfigDescription.of(SweepConfig.class).keys(), "");
  }

  private void kind(ComponentKind<?> kind, ComponentRegistry registry) {
    heading(2, "Components: " + kind.name());
    for (ComponentRegistry.Entry<?> entry : registry.entries(kind)) {
      heading(3, "`" + entry.name() + "` (" + kind.name() + ")");
      page.append('\n').append(plain(entry.doc())).append('\n');
      List<ConfigDescription.Entry> keys = ConfigDescription.of(entry.configType()).keys();
      if (!keys.isEmpty()) {
        table(keys, "");
      }
    }
  }

  private void heading(int level, String text) {
    page.append('\n').append("#".repeat(level)).append(' ').append(text).append('\n');
  }

  private void table(List<ConfigDescription.Entry> keys, String path) {
    page.append("\n| key | value | default | meaning |\n|---|---|---|---|\n");
    rows(keys, path).forEach(row -> page.append(row).append('\n'));
  }

  private List<String> rows(List<ConfigDescription.Entry> keys, String path) {
    List<String> rows = new ArrayList<>();
    for (ConfigDescription.Entry key : keys) {
      String value =
          key.kind()
              .map(kind -> "%s, see [its components](#%s)".formatted(key.type(), anchor(kind)))
              .orElse(key.type());
      Optional<String> sameKeys =
          Optional.ofNullable(explained.get(key.nested())).filter(first -> !first.isEmpty());
      String byDefault =
          key.defaultValue()
              .map(text -> "`" + text + "`")
              .orElse(key.required() ? "required" : "optional");
      rows.add(
          Stream.of(
                  "`" + path + key.name() + "`",
                  sameKeys.map(first -> "map with the keys of `" + first + "`").orElse(value),
                  byDefault,
                  plain(key.doc()))
              .map(cell -> cell.replace("|", "\\|"))
              .collect(Collectors.joining(" | ", "| ", " |")));
      if (!explained.containsKey(key.nested())) {
        explained.put(key.nested(), path + key.name());
        rows.addAll(rows(key.nested(), path + key.name() + "."));
      }
    }
    return rows;
  }

  /** Escapes what Markdown would read as an HTML element or a character reference. */
  private static String plain(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }

  private static String anchor(ComponentKind<?> kind) {
    return "components-" + kind.name().replace(' ', '-');
  }
}
