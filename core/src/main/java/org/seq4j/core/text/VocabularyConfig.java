package org.seq4j.core.text;

import java.nio.file.Path;
import java.util.Optional;
import org.seq4j.core.config.Key;

/**
 * Which of the symbols of a training text get a place in its vocabulary; the others become {@code
 * <unk>}.
 */
public record VocabularyConfig(
    @Key(
            doc = "How often a symbol must occur in the training text to be in the vocabulary.",
            defaultValue = "1",
            min = 1)
        int minFrequency,
    @Key(
            doc =
                "How many symbols the vocabulary holds at most, the most frequent ones; the four"
                    + " special ones (<pad>, <unk>, <s>, </s>) are not counted. Absent: all.",
            min = 1)
        Optional<Integer> size,
    @Key(
            doc =
                "A vocabulary made elsewhere, instead of one of the training text: a symbol a line,"
                    + " with a tab or a space and its count after it, or without; also one of"
                    + " another run.",
            example = "vocabulary.txt")
        Optional<Path> file) {

  /** Of the training text. */
  public VocabularyConfig(int minFrequency, Optional<Integer> size) {
    this(minFrequency, size, Optional.empty());
  }

  /** Every symbol that occurs. */
  public static final VocabularyConfig ALL = new VocabularyConfig(1, Optional.empty());
}
