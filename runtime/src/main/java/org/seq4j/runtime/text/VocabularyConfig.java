package org.seq4j.runtime.text;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.seq4j.core.plugin.Key;

/** Selects the tokens of a vocabulary from a training text; other tokens become {@code <unk>}. */
public record VocabularyConfig(
    @Key(
            doc = "The minimum number of occurrences of a token in the training text.",
            defaultValue = "1",
            min = 1)
        int minFrequency,
    @Key(
            doc =
                "The maximum number of tokens, the most frequent ones, not counting special"
                    + " tokens and those of always. Absent: no maximum.",
            min = 1)
        Optional<Integer> size,
    @Key(
            doc =
                "A vocabulary made by another tool or run, used instead of the training"
                    + " text: one token per line, optionally followed by a tab or a space and its"
                    + " count; a .vocab of SentencePiece; or tokens with their ids, as JSON or as"
                    + " Marian's YAML.",
            example = "vocabulary.txt")
        Optional<Path> file,
    @Key(
            doc =
                "Tokens that are included regardless of their frequency, such as tags at the"
                    + " beginning of sources.",
            defaultValue = "[]",
            example = "[<formal>]")
        List<String> always,
    @Key(
            doc =
                "Whether tokens that are not in the vocabulary are written as bytes, with"
                    + " 257 additional tokens, so that none is unknown.",
            defaultValue = "false")
        boolean byteFallback,
    @Key(doc = "The names of the special tokens.", defaultValue = "{}") Specials specials) {

  /** The names of the special tokens in the vocabulary file and in outputs. */
  public record Specials(
      @Key(doc = "The padding token, which fills a batch.", defaultValue = "<pad>") String pad,
      @Key(doc = "The token that replaces unknown tokens.", defaultValue = "<unk>") String unknown,
      @Key(doc = "The begin token, the first input of the decoder.", defaultValue = "<s>")
          String begin,
      @Key(doc = "The end token, which ends a sequence.", defaultValue = "</s>") String end) {

    /** The usual names. */
    public static final Specials USUAL = new Specials("<pad>", "<unk>", "<s>", "</s>");

    /** Checks that the names differ. */
    public Specials {
      if (Stream.of(pad, unknown, begin, end).filter(it -> !it.isBlank()).distinct().count() < 4) {
        throw new IllegalArgumentException(
            "expected four different names, got '%s', '%s', '%s', '%s'"
                .formatted(pad, unknown, begin, end));
      }
    }

    /** The names, by id. */
    public List<String> names() {
      return List.of(pad, unknown, begin, end);
    }
  }

  /** The tokens included regardless of the text: those of always, then bytes. */
  List<String> given() {
    List<String> given = new ArrayList<>(always);
    if (byteFallback) {
      given.addAll(ByteFallback.all());
    }
    return given.stream().distinct().toList();
  }

  /** Makes the list unmodifiable. */
  public VocabularyConfig {
    always = List.copyOf(always);
    if (always.contains("")) {
      throw new IllegalArgumentException("always: expected tokens that are not empty");
    }
  }

  /** Creates the configuration of a vocabulary from a training text. */
  public VocabularyConfig(int minFrequency, Optional<Integer> size) {
    this(minFrequency, size, Optional.empty(), List.of(), false, Specials.USUAL);
  }

  /** Includes every token that occurs. */
  public static final VocabularyConfig ALL = new VocabularyConfig(1, Optional.empty());
}
