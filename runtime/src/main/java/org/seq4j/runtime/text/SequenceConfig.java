package org.seq4j.runtime.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.seq4j.core.plugin.Component;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.Key;
import org.seq4j.core.text.Tokenizer;

/** The configuration of the source or the target. */
public record SequenceConfig(
    @Key(
            doc =
                "What a line holds: text, which is cut into tokens, or vectors, with semicolons"
                    + " between them and spaces between their numbers: 0.5 -1; 0.25 2e-3.",
            defaultValue = "text")
        Type type,
    @Key(
            doc =
                "Cuts a line into tokens: a tokenizer, or a list of them, each of which cuts what"
                    + " the one before gave.",
            defaultValue = "whitespace")
        List<Component<Tokenizer>> tokenizer,
    @Key(doc = "Which tokens the model knows.", defaultValue = "{}") VocabularyConfig vocabulary,
    @Key(
            doc =
                "The largest number of tokens or vectors. A longer training pair is left out; a longer source"
                    + " is cut when the model is used.",
            defaultValue = "200",
            min = 1)
        int maxLength,
    @Key(doc = "How many numbers a vector has; with type: vectors, which needs it.", min = 1)
        Optional<Integer> depth,
    @Key(
            doc =
                "How many vectors a target gets when the model is used; with type: vectors, for a"
                    + " target. Absent: as many as the source has positions.",
            min = 1)
        Optional<Integer> generatedLength) {

  /** Checks that vectors have a size, and nothing else has. */
  public SequenceConfig {
    tokenizer = List.copyOf(tokenizer);
    if (tokenizer.isEmpty()) {
      throw new IllegalArgumentException(
          "tokenizer: expected a tokenizer, or a list of them, got an empty list");
    }
    if (type == Type.VECTORS && depth.isEmpty()) {
      throw new IllegalArgumentException("type: vectors needs depth, how many numbers each has");
    }
    if (type == Type.TEXT && (depth.isPresent() || generatedLength.isPresent())) {
      throw new IllegalArgumentException(
          "depth and generated_length are for vectors: add type: vectors");
    }
  }

  /** Text. */
  public SequenceConfig(
      Type type, Component<Tokenizer> tokenizer, VocabularyConfig vocabulary, int maxLength) {
    this(type, List.of(tokenizer), vocabulary, maxLength, Optional.empty(), Optional.empty());
  }

  /**
   * Makes the tokenizer, of all its steps.
   *
   * @throws org.seq4j.core.plugin.ComponentException if one refuses its configuration
   */
  public Tokenizer createTokenizer(ComponentContext context) {
    List<Tokenizer> steps = new ArrayList<>();
    tokenizer.forEach(step -> steps.add(step.create(context)));
    return TokenizerSteps.of(steps);
  }

  /** The kind of a line's content. */
  public enum Type {
    /** Text. */
    TEXT,
    /** Vectors. */
    VECTORS
  }

  /** Whether a line holds vectors. */
  public boolean isVectors() {
    return type == Type.VECTORS;
  }
}
