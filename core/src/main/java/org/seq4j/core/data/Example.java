package org.seq4j.core.data;

import java.util.List;
import java.util.Optional;

/**
 * A source and what it should become.
 *
 * @param source the source, which may be empty
 * @param targets at least one; the first is what a model is trained on, all are references
 * @param alignment which symbols of the source and the first target belong together, if known
 */
public record Example(
    ExampleValue source, List<ExampleValue> targets, Optional<Alignment> alignment) {

  /** Checks that there is a target. */
  public Example {
    targets = List.copyOf(targets);
    if (targets.isEmpty()) {
      throw new IllegalArgumentException("an example has at least one target");
    }
  }

  /** One target, not aligned. */
  public Example(ExampleValue source, ExampleValue target) {
    this(source, List.of(target), Optional.empty());
  }

  /** Texts, not aligned. */
  public Example(String source, List<String> targets) {
    this(source, targets, Optional.empty());
  }

  /** Texts. */
  public Example(String source, List<String> targets, Optional<Alignment> alignment) {
    this(new TextValue(source), texts(targets), alignment);
  }

  private static List<ExampleValue> texts(List<String> targets) {
    return targets.stream().<ExampleValue>map(TextValue::new).toList();
  }

  /** The target to train on. */
  public ExampleValue target() {
    return targets.get(0);
  }

  /** All targets as a reader sees them. */
  public List<String> targetTexts() {
    return targets.stream().map(ExampleValue::text).toList();
  }
}
