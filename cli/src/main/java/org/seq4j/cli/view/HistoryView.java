package org.seq4j.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.seq4j.trainer.report.RunHistory;

/** Progress and validations of a run, from its logs. */
public record HistoryView(RunHistory history) {
  private static final Set<String> FIRST = Set.of("event", "step", "epoch", "loss");
  private static final int COLUMNS = 8;

  /** Returns the progress, "step 1,000 of 5,000, epoch 3"; empty before the first step. */
  public Optional<String> progress() {
    Optional<JsonNode> latest =
        Stream.concat(history.sessions().stream(), history.events().stream())
            .filter(event -> event.has("step"))
            .max(Comparator.comparingLong(event -> event.path("step").asLong()));
    long step = latest.map(event -> event.path("step").asLong()).orElse(0L);
    if (step == 0) {
      return Optional.empty();
    }
    long total =
        history.sessions().stream()
            .filter(event -> event.has("total_steps"))
            .reduce((first, second) -> second)
            .map(event -> event.path("total_steps").asLong())
            .orElse(0L);
    String steps =
        NumberFormats.count(step) + (total == 0 ? "" : " of " + NumberFormats.count(total));
    long epoch = latest.map(event -> event.path("epoch").asLong()).orElse(0L);
    return Optional.of("step %s, epoch %s".formatted(steps, NumberFormats.count(epoch)));
  }

  /** Returns a table of the last validations: step, epoch, loss and their other numbers. */
  public Table table(int most) {
    List<JsonNode> validations = history.validations();
    Set<String> others = new LinkedHashSet<>();
    validations.forEach(event -> figures(event, "").forEach(others::add));
    List<String> names = others.stream().limit(COLUMNS).toList();
    List<String> header = new ArrayList<>(List.of("step", "epoch", "loss"));
    names.forEach(name -> header.add(name.substring(name.lastIndexOf('/') + 1)));
    Table table = new Table(header.toArray(String[]::new));
    int from = Math.max(0, validations.size() - most);
    for (JsonNode event : validations.subList(from, validations.size())) {
      List<String> row = new ArrayList<>();
      row.add(NumberFormats.count(event.path("step").asLong()));
      row.add(NumberFormats.count(event.path("epoch").asLong()));
      row.add(NumberFormats.decimal(event.path("loss").asDouble()));
      names.forEach(name -> row.add(figure(event.at(name))));
      table.add(row);
    }
    return table;
  }

  /** Returns JSON pointers to the numbers of an event, including those in nested objects. */
  private static List<String> figures(JsonNode event, String prefix) {
    List<String> pointers = new ArrayList<>();
    event
        .properties()
        .forEach(
            field -> {
              String pointer = prefix + "/" + field.getKey();
              if (field.getValue().isObject()) {
                pointers.addAll(figures(field.getValue(), pointer));
              } else if (field.getValue().isNumber() && !FIRST.contains(field.getKey())) {
                pointers.add(pointer);
              }
            });
    return pointers;
  }

  private static String figure(JsonNode value) {
    return value.isNumber() ? NumberFormats.decimal(value.asDouble()) : "-";
  }
}
