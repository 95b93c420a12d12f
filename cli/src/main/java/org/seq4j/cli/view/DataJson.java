package org.seq4j.cli.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.seq4j.core.data.Example;
import org.seq4j.trainer.data.Inspection;
import org.seq4j.trainer.data.batch.BatchConfig;
import org.seq4j.trainer.experiment.DataInspection;

/** The report of {@code seq4j data inspect --json}: the figures of {@link DataReport}. */
public record DataJson(DataInspection data, BatchConfig batch) {

  /** Returns the report as a JSON object on one line. */
  public String text() {
    ObjectNode report = JsonNodeFactory.instance.objectNode();
    ObjectNode splits = report.putObject("splits");
    splits.set("train", split(data.train()));
    data.others().forEach((split, it) -> splits.set(name(split), split(it)));
    report
        .putObject("vocabulary")
        .put("source", data.sourceVocabulary())
        .put("target", data.targetVocabulary());
    ObjectNode leaks = report.putObject("leaks");
    data.leaks().forEach((split, count) -> leaks.put(name(split), count));
    Inspection.Padding padding = data.train().padding(batch);
    report
        .putObject("padding")
        .put("batches", padding.batches())
        .put("pairs", padding.pairs())
        .put("share", padding.padding());
    ArrayNode notes = report.putArray("notes");
    data.notes().forEach(notes::add);
    ArrayNode examples = report.putArray("examples");
    for (Example example : data.examples()) {
      ObjectNode one = examples.addObject();
      if (data.hasSources()) {
        one.put("source", example.source().text());
        ArrayNode source = one.putArray("source_tokens");
        data.source(example).forEach(source::add);
      }
      one.put("target", example.target().text());
      ArrayNode target = one.putArray("target_tokens");
      data.target(example).forEach(target::add);
    }
    return report.toString();
  }

  private ObjectNode split(Inspection inspection) {
    ObjectNode split = JsonNodeFactory.instance.objectNode();
    split
        .put("examples", inspection.examples())
        .put(data.hasSources() ? "sources" : "different", inspection.differentSources())
        .put("used", inspection.pairs())
        .put("cut", inspection.leftOut().cut())
        .put("unalignable", inspection.unalignable());
    ObjectNode skipped = split.putObject("skipped");
    inspection.leftOut().counts().forEach((reason, count) -> skipped.put(name(reason), count));
    if (data.hasSources()) {
      split.set("source", side(inspection.source()));
    }
    split.set("target", side(inspection.target()));
    split.put("restored_targets", inspection.target().restored());
    return split;
  }

  private static ObjectNode side(Inspection.Side side) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("tokens", side.tokens());
    side.tokensPerWord().ifPresent(it -> node.put("tokens_per_word", it));
    node.put("unknown", side.unknown());
    ObjectNode lengths = node.putObject("lengths"); // by the upper end of a bucket
    side.lengths().forEach((end, count) -> lengths.put(Integer.toString(end), count));
    return node;
  }

  private static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
