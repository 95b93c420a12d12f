package org.seq4j.cli.debian;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.seq4j.cli.examples.SplitLines;
import org.seq4j.cli.view.NumberFormats;
import org.seq4j.cli.view.Table;

/** The origin of sets of pairs, their sizes, and what was left out of them. */
public final class DebianRecord {
  private final DebianRequest request;
  private final String suite;
  private final Optional<Release> release;
  private final List<CheckedFile> files;
  private final List<PairSet> sets;

  DebianRecord(
      DebianRequest request,
      String suite,
      Optional<Release> release,
      List<CheckedFile> files,
      List<PairSet> sets) {
    this.request = request;
    this.suite = suite;
    this.release = release;
    this.files = List.copyOf(files);
    this.sets = List.copyOf(sets);
  }

  /** Returns the folders of the sets and the record, relative to the output folder. */
  public List<Path> paths() {
    List<Path> paths = new ArrayList<>();
    for (PairSet set : sets) {
      SplitLines.FILES.forEach(file -> paths.add(Path.of(set.name(), file)));
    }
    paths.add(Path.of(DebianCorpus.RECORD));
    return paths;
  }

  /** Returns a report for users. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    release.ifPresent(
        it -> {
          Map<String, String> about = it.about();
          lines.add(
              "%s %s, %s, %s"
                  .formatted(
                      about.getOrDefault("Origin", "Archive"),
                      about.getOrDefault("Version", "without a version"),
                      about.getOrDefault("Codename", suite),
                      about.getOrDefault("Date", "without a date")));
          lines.add("");
        });
    Table sizes = new Table("set", "descriptions", "train", "dev", "test");
    for (PairSet set : sets) {
      sizes.add(
          set.name(),
          NumberFormats.count(set.descriptions()),
          NumberFormats.count(set.lines().train().size()),
          NumberFormats.count(set.lines().dev().size()),
          NumberFormats.count(set.lines().test().size()));
    }
    lines.addAll(sizes.lines());
    for (PairSet set : sets) {
      lines.add("");
      lines.add("left out of " + set.name() + ":");
      set.leftOut()
          .counts()
          .forEach(
              (reason, count) ->
                  lines.add(
                      String.format(
                          Locale.ROOT, "%9s  %s", NumberFormats.count(count), reason.text())));
    }
    lines.add("");
    return lines;
  }

  /** Returns the record as JSON. It is the same each time that the same files are read. */
  String json() {
    ObjectNode record = JsonNodeFactory.instance.objectNode();
    record.put("archive", request.mirror().map(Object::toString).orElse(request.lists() + ""));
    record.put("suite", suite).put("component", request.component());
    ObjectNode about = record.putObject("release");
    release.ifPresent(it -> it.about().forEach((field, value) -> about.put(lower(field), value)));
    ArrayNode read = record.putArray("files");
    for (CheckedFile file : files) {
      read.addObject()
          .put("name", file.path().getFileName().toString())
          .put("bytes", file.bytes())
          .put("sha256", file.sha256())
          .put("checked", file.checked());
    }
    ObjectNode all = record.putObject("sets");
    for (PairSet set : sets) {
      ObjectNode one = all.putObject(set.name());
      one.put("descriptions", set.descriptions())
          .put("train", set.lines().train().size())
          .put("dev", set.lines().dev().size())
          .put("test", set.lines().test().size());
      ObjectNode leftOut = one.putObject("left_out");
      set.leftOut().counts().forEach((reason, count) -> leftOut.put(reason.key(), count));
    }
    return record.toPrettyString() + "\n";
  }

  private static String lower(String field) {
    return field.toLowerCase(Locale.ROOT);
  }
}
