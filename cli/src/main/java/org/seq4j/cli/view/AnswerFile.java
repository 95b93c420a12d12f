package org.seq4j.cli.view;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.seq4j.runtime.translate.Translation;
import org.seq4j.trainer.evaluation.Evaluation;

/** A file with the answers of an evaluation, beside their sources and references. */
public final class AnswerFile {
  private AnswerFile() {}

  /** Returns the content of a file: JSON Lines if its name says so, else columns with tabs. */
  public static String text(Path file, List<Evaluation.Answer> answers) {
    boolean json = file.toString().toLowerCase(Locale.ROOT).endsWith(".jsonl");
    return answers.stream()
        .map(answer -> (json ? json(answer) : columns(answer)) + "\n")
        .collect(Collectors.joining());
  }

  private static String columns(Evaluation.Answer answer) {
    List<String> columns = new ArrayList<>();
    columns.add(answer.example().source().text());
    columns.add(answer.text());
    columns.addAll(answer.example().targetTexts());
    return columns.stream()
        .map(column -> column.replaceAll("[\\t\\r\\n]", " "))
        .collect(Collectors.joining("\t"));
  }

  private static ObjectNode json(Evaluation.Answer answer) {
    Translation.Candidate best = answer.translation().best();
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object.put("source", answer.example().source().text());
    object.put("answer", best.text());
    answer.example().targetTexts().forEach(object.putArray("references")::add);
    object.put("score", best.score());
    object.put("ending", best.ending().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    return object;
  }
}
