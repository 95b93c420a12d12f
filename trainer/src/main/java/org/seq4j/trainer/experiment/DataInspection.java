package org.seq4j.trainer.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.seq4j.core.data.Example;
import org.seq4j.core.data.ExampleValue;
import org.seq4j.core.text.SequenceData;
import org.seq4j.core.text.Vocabulary;
import org.seq4j.runtime.codec.SequenceCodec;
import org.seq4j.runtime.codec.TextCodec;
import org.seq4j.runtime.text.SequenceConfig.OnTooLong;
import org.seq4j.trainer.data.Dataset;
import org.seq4j.trainer.data.Inspection;
import org.seq4j.trainer.data.TrainingDataBuilder;
import org.seq4j.trainer.data.split.FilterConfig;
import org.seq4j.trainer.data.split.SplitName;
import org.seq4j.trainer.objective.CtcTargets;

/** Statistics of an experiment's data, tokenized and filtered as in training. */
public final class DataInspection {
  private static final int EXAMPLES = 3;

  private final SequenceCodec source;
  private final SequenceCodec target;
  private final Inspection train;
  private final Map<SplitName, Inspection> others = new LinkedHashMap<>();
  private final Map<SplitName, Long> leaks = new LinkedHashMap<>();
  private final List<Example> examples = new ArrayList<>();
  private final List<String> notes;

  /**
   * Inspects the data.
   *
   * @param ctc the targets that CTC can align, if training has this objective
   */
  DataInspection(
      ExperimentConfig config,
      Dataset dataset,
      TrainingDataBuilder preparation,
      Optional<CtcTargets> ctc) {
    Predicate<ExampleValue> isHeldOut = dataset.isHeldOut();
    TrainingDataBuilder.Codecs codecs = preparation.codecs(isHeldOut);
    source = codecs.source();
    target = codecs.target();
    notes = new ArrayList<>(codecs.notes());
    BiPredicate<SequenceData, SequenceData> alignable =
        (read, written) -> ctc.map(it -> it.canAlign(read, written)).orElse(true);
    OnTooLong onTooLong = config.source().onTooLong();
    train = new Inspection(source, target, config.data().filter(), onTooLong, alignable);
    train.addSkipped(
        dataset.forEachTrain(
            isHeldOut,
            example -> {
              train.add(example);
              if (examples.size() < EXAMPLES) {
                examples.add(example);
              }
            }));
    for (SplitName split : List.of(SplitName.DEV, SplitName.TEST)) {
      List<Example> found = dataset.read(split);
      if (!found.isEmpty()) {
        Inspection inspection =
            new Inspection(source, target, FilterConfig.NONE, onTooLong, alignable);
        found.forEach(inspection::add);
        others.put(split, inspection);
        leaks.put(split, train.shared(found));
      }
    }
    ctc.ifPresent(this::note);
  }

  private void note(CtcTargets ctc) {
    ctc.note("train", train.unalignable(), train.pairs()).ifPresent(notes::add);
    others.forEach(
        (split, it) ->
            ctc.note(split.name().toLowerCase(Locale.ROOT), it.unalignable(), it.pairs())
                .ifPresent(notes::add));
  }

  /**
   * Returns false if these are data of a language model, of which all counts are of its targets.
   */
  public boolean hasSources() {
    return !source.isAbsent();
  }

  /** Returns the statistics of the training data. */
  public Inspection train() {
    return train;
  }

  /** Returns the statistics of the dev and test splits that the experiment has. */
  public Map<SplitName, Inspection> others() {
    return others;
  }

  /**
   * Returns the number of examples of each other split whose source, or target of a language model,
   * is in the training data.
   */
  public Map<SplitName, Long> leaks() {
    return leaks;
  }

  /** Returns notes for users about the vocabularies. */
  public List<String> notes() {
    return Stream.concat(notes.stream(), train.warnings().stream()).toList();
  }

  /** Returns the first training examples. */
  public List<Example> examples() {
    return List.copyOf(examples);
  }

  /** Returns the tokens of a source; tokens outside the vocabulary become the unknown token. */
  public List<String> source(Example example) {
    return seen(source, example.source());
  }

  /** Returns the tokens of a target, as {@link #source(Example)} does. */
  public List<String> target(Example example) {
    return seen(target, example.target());
  }

  private static List<String> seen(SequenceCodec codec, ExampleValue value) {
    List<String> tokens = codec.tokens(value);
    if (!(codec instanceof TextCodec text)) {
      return tokens;
    }
    return tokens.stream()
        .map(
            token ->
                text.vocabulary().id(token) == Vocabulary.UNKNOWN
                    ? text.vocabulary().token(Vocabulary.UNKNOWN)
                    : token)
        .toList();
  }

  /** Returns the size of the source vocabulary; 0 for vectors. */
  public int sourceVocabulary() {
    return size(source);
  }

  /** Returns the size of the target vocabulary; 0 for vectors. */
  public int targetVocabulary() {
    return size(target);
  }

  private static int size(SequenceCodec codec) {
    return codec instanceof TextCodec text ? text.vocabulary().size() : 0;
  }
}
