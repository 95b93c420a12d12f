package org.seq4j.core.data;

import java.util.List;
import java.util.Optional;

/**
 * A source and its targets.
 *
 * @param source the input of the model; may be empty
 * @param targets at least one; a model is trained on the first one, metrics use all as references
 * @param alignment the word alignment of the source and the first target, if known
 */
public record Example(
    ExampleValue source, List<ExampleValue> targets, Optional<Alignment> alignment) {

  /**
   * Copies the targets.
   *
   * @throws IllegalArgumentException if there is no target
   */
  public Example {
    targets = List.copyOf(targets);
    if (targets.isEmpty()) {
      throw new IllegalArgumentException("an example has at least one target");
    }
  }

  /** Creates an example with one target and no alignment. */
  public Example(ExampleValue source, ExampleValue target) {
    this(source, List.of(target), Optional.empty());
  }

  /** Creates an example of texts without an alignment. */
  public Example(String source, List<String> targets) {
    this(source, targets, Optional.empty());
  }

  /** Creates an example of texts. */
  public Example(String source, List<String> targets, Optional<Alignment> alignment) {
    this(new TextValue(source), texts(targets), alignment);
  }

  private static List<ExampleValue> texts(List<String> targets) {
    return targets.stream().<ExampleValue>map(TextValue::new).toList();
  }

  /** The first target: the one to train on. */
  public ExampleValue target() {
    return targets.get(0);
  }

  /** All targets as text: {@link ExampleValue#text()} of each. */
  public List<String> targetTexts() {
    return targets.stream().map(ExampleValue::text).toList();
  }
}
