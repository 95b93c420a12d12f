package org.seq4j.trainer.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.seq4j.core.data.Example;
import org.seq4j.core.data.ExampleValue;
import org.seq4j.core.data.VectorsValue;
import org.seq4j.core.plugin.ComponentException;
import org.seq4j.core.text.FeatureSequence;
import org.seq4j.runtime.codec.FileCodec;
import org.seq4j.runtime.codec.TextCodec;
import org.seq4j.runtime.io.AtomicFiles;
import org.seq4j.runtime.io.RunException;
import org.seq4j.runtime.run.LoadedRun;
import org.seq4j.runtime.run.RunDirectory;
import org.seq4j.runtime.search.SearchConfig;
import org.seq4j.runtime.translate.Translator;
import org.seq4j.trainer.data.Inspection;
import org.seq4j.trainer.data.corpus.DataException;
import org.seq4j.trainer.data.split.SplitName;
import org.seq4j.trainer.evaluation.Evaluation;
import org.seq4j.trainer.evaluation.Evaluator;
import org.seq4j.trainer.evaluation.EvenSample;
import org.seq4j.trainer.evaluation.MetricScore;
import org.seq4j.trainer.evaluation.TokenAccuracy;
import org.seq4j.trainer.report.Provenance;
import org.seq4j.trainer.report.Report;
import org.seq4j.trainer.report.RunHistory;

/**
 * Collects the content of a report. Missing parts are omitted, and the report gives the reasons.
 */
final class ReportMaker {
  private static final int WRONG = 8; // max wrong answers shown
  private static final int RIGHT = 4; // max correct answers shown
  private static final int LONGEST_SOUND = 30; // seconds; a sound of 16 kHz is a megabyte then

  private final Experiment experiment;
  private final RunDirectory run;
  private final List<String> missing = new ArrayList<>();

  ReportMaker(Experiment experiment, RunDirectory run) {
    this.experiment = experiment;
    this.run = run;
  }

  /**
   * The model of the run.
   *
   * @param checkpoint the checkpoint that it was read from
   * @param evaluator the evaluator of its answers
   */
  record Model(LoadedRun run, Path checkpoint, Evaluator evaluator) {}

  /** Collects the report. Call it once. */
  Report make(SplitName split, Optional<Model> model) {
    Optional<DataInspection> data = data();
    List<Report.Answers> answers = new ArrayList<>();
    if (experiment.config().model().encoder().isEmpty()) {
      missing.add("A language model has no answers, so the report shows none.");
    } else if (model.isPresent()) {
      examples(split)
          .ifPresent(examples -> answers.add(answers(split, model.get(), examples, data)));
    } else {
      missing.add("The run has no checkpoint yet, so the report shows no answers.");
    }
    return new Report(
        experiment.config().name(),
        run.path().toString(),
        text(run.config()),
        RunHistory.read(run),
        Files.exists(run.provenance()) ? Provenance.read(run.provenance()) : Provenance.NONE,
        data.map(this::splits).orElse(List.of()),
        answers,
        missing);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new RunException(AtomicFiles.unreadable(file, e), e);
    }
  }

  private Optional<DataInspection> data() {
    try {
      return Optional.of(experiment.inspectData());
    } catch (DataException e) {
      missing.add("The data cannot be read: " + e.getMessage());
      return Optional.empty();
    }
  }

  private Optional<List<Example>> examples(SplitName split) {
    try {
      return Optional.of(experiment.examples(split));
    } catch (DataException e) {
      missing.add("The report shows no answers: " + e.getMessage());
      return Optional.empty();
    }
  }

  private List<Report.SplitData> splits(DataInspection data) {
    List<Report.SplitData> splits = new ArrayList<>();
    splits.add(split("train", data, data.train(), 0));
    data.others()
        .forEach(
            (split, inspection) ->
                splits.add(split(name(split), data, inspection, data.leaks().get(split))));
    return splits;
  }

  private static Report.SplitData split(
      String name, DataInspection data, Inspection inspection, long shared) {
    return new Report.SplitData(
        name,
        inspection.examples(),
        inspection.differentSources(),
        inspection.pairs(),
        shared,
        side(data.sourceVocabulary(), inspection.source()),
        side(data.targetVocabulary(), inspection.target()));
  }

  private static Report.SideData side(int known, Inspection.Side side) {
    return new Report.SideData(known, side.tokens(), side.unknown(), side.lengths());
  }

  private static String name(SplitName split) {
    return split.name().toLowerCase(Locale.ROOT);
  }

  private Report.Answers answers(
      SplitName split, Model model, List<Example> examples, Optional<DataInspection> data) {
    SearchConfig search = experiment.config().search();
    Translator translator = Translator.of(model.run());
    Evaluation evaluation = model.evaluator().evaluate(translator, examples, search);
    boolean tokens = translator.target() instanceof TextCodec;
    return new Report.Answers(
        name(split),
        model.checkpoint().getFileName().toString().replace(".safetensors", ""),
        tokens ? words(search) : "autoregressive, without a search",
        examples.size(),
        scores(evaluation.scores()),
        evaluation.buckets().stream()
            .map(
                bucket ->
                    new Report.Bucket(bucket.label(), bucket.examples(), scores(bucket.scores())))
            .toList(),
        tokens && data.isPresent()
            ? TokenAccuracy.of(evaluation.samples(), data.get().train().target()::occurrences)
            : List.of(),
        tokens ? WorstAnswers.of(evaluation) : List.of(),
        shown(evaluation.answers(), translator, search));
  }

  private static String words(SearchConfig search) {
    return switch (search.type()) {
      case GREEDY -> "greedy";
      case BEAM -> "beam of " + search.size();
      case SAMPLING -> "sampling";
    };
  }

  private static List<Report.Score> scores(List<MetricScore> scores) {
    return scores.stream()
        .map(it -> new Report.Score(it.name(), it.value(), it.display(), it.higherIsBetter()))
        .toList();
  }

  private static List<Report.Shown> shown(
      List<Evaluation.Answer> answers, Translator translator, SearchConfig search) {
    SearchConfig all =
        search.type() == SearchConfig.Type.BEAM ? search.withNBest(search.size()) : search;
    List<Report.Shown> shown = new ArrayList<>();
    for (boolean right : List.of(false, true)) {
      List<Evaluation.Answer> some =
          answers.stream()
              .filter(answer -> answer.example().targetTexts().contains(answer.text()) == right)
              .toList();
      for (Evaluation.Answer answer : EvenSample.over(some, right ? RIGHT : WRONG)) {
        shown.add(
            new Report.Shown(
                answer.example().source().text(),
                answer.example().targetTexts(),
                answer.text(),
                right,
                translator.target() instanceof TextCodec
                    ? List.of(translator.explore(answer.example().source(), all))
                    : List.of(),
                sound(answer.example().source(), translator)));
      }
    }
    return shown;
  }

  private static List<Report.Sound> sound(ExampleValue source, Translator translator) {
    if (!(translator.source() instanceof FileCodec files)
        || !(files.reader() instanceof VectorsValue.TimedReader reader)) {
      return List.of();
    }
    FeatureSequence vectors = files.read(source).vectors();
    double perSecond = reader.positionsPerSecond();
    if (vectors.length() > LONGEST_SOUND * perSecond) {
      return List.of();
    }
    byte[] wav = ComponentException.notNull(reader, "sound", reader.sound(vectors));
    return List.of(
        new Report.Sound(Base64.getEncoder().encodeToString(wav), translator.stride() / perSecond));
  }
}
