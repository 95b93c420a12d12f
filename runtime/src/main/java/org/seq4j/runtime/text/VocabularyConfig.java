package org.seq4j.runtime.text;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.seq4j.core.plugin.Key;

/**
 * The choice of a vocabulary's tokens among those of a training text; the others become {@code
 * <unk>}.
 */
public record VocabularyConfig(
    @Key(
            doc = "How often a token must occur in the training text to be in the vocabulary.",
            defaultValue = "1",
            min = 1)
        int minFrequency,
    @Key(
            doc =
                "How many tokens the vocabulary holds at most, the most frequent ones; the special"
                    + " ones and those of always are not counted. Absent: all.",
            min = 1)
        Optional<Integer> size,
    @Key(
            doc =
                "A vocabulary made elsewhere, instead of one of the training text: a token a line,"
                    + " with a tab or a space and its count after it, or without; also one of"
                    + " another run.",
            example = "vocabulary.txt")
        Optional<Path> file,
    @Key(
            doc =
                "Tokens that are in it however often they occur: tags, for example, that are put"
                    + " before sources.",
            defaultValue = "[]",
            example = "[<formal>]")
        List<String> always,
    @Key(
            doc =
                "Whether tokens that are not in it are written as their bytes, which are 257"
                    + " tokens more: none is unknown then.",
            defaultValue = "false")
        boolean byteFallback,
    @Key(doc = "How the special tokens are written.", defaultValue = "{}") Specials specials) {

  /** The spelling of the special tokens in the vocabulary's file and in answers. */
  public record Specials(
      @Key(doc = "What fills a batch.", defaultValue = "<pad>") String pad,
      @Key(doc = "What stands for unknown tokens.", defaultValue = "<unk>") String unknown,
      @Key(doc = "What a target begins after.", defaultValue = "<s>") String begin,
      @Key(doc = "What a target ends with.", defaultValue = "</s>") String end) {

    /** As is usual. */
    public static final Specials USUAL = new Specials("<pad>", "<unk>", "<s>", "</s>");

    /** Checks that they can be told apart. */
    public Specials {
      if (Stream.of(pad, unknown, begin, end).filter(it -> !it.isBlank()).distinct().count() < 4) {
        throw new IllegalArgumentException(
            "expected four different names, got '%s', '%s', '%s', '%s'"
                .formatted(pad, unknown, begin, end));
      }
    }

    /** By the ids of the tokens. */
    public List<String> names() {
      return List.of(pad, unknown, begin, end);
    }
  }

  /** The tokens that are in it whatever the text: those of always, then bytes. */
  List<String> given() {
    List<String> given = new ArrayList<>(always);
    if (byteFallback) {
      given.addAll(ByteFallback.all());
    }
    return given.stream().distinct().toList();
  }

  /** Makes the list unchangeable. */
  public VocabularyConfig {
    always = List.copyOf(always);
    if (always.contains("")) {
      throw new IllegalArgumentException("always: a token is not empty");
    }
  }

  /** Of the training text. */
  public VocabularyConfig(int minFrequency, Optional<Integer> size) {
    this(minFrequency, size, Optional.empty(), List.of(), false, Specials.USUAL);
  }

  /** Every token that occurs. */
  public static final VocabularyConfig ALL = new VocabularyConfig(1, Optional.empty());
}
