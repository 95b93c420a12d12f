package org.seq4j.runtime.text;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.seq4j.core.data.VectorsValue;
import org.seq4j.core.plugin.Component;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.Key;
import org.seq4j.core.text.Tokenizer;

/** The configuration of the source or the target. */
public record SequenceConfig(
    @Key(
            doc =
                "The content of a line: text, which is tokenized; vectors, separated by semicolons,"
                    + " with numbers separated by spaces: 0.5 -1; 0.25 2e-3; or files, the path of"
                    + " a file that reader reads. Paths start from the folder of the corpus. A"
                    + " language model has none, and its config need not say so.",
            defaultValue = "text")
        Type type,
    @Key(
            doc =
                "The tokenizer, or a list of tokenizers, each of which splits the output of"
                    + " the previous one.",
            defaultValue = "whitespace")
        List<Component<Tokenizer>> tokenizer,
    @Key(
            doc =
                "If true, the model reads or writes the tokens of a text in reverse order. A source"
                    + " that ends with what its target begins with is easier without attention"
                    + " (Sutskever et al. 2014). A model that writes from right to left makes its"
                    + " errors at other places than one that writes from left to right: seq4j score"
                    + " --n-best combines the two. Of a source longer than max_length, a model that"
                    + " reads in reverse order gets the end.",
            defaultValue = "false")
        boolean reversed,
    @Key(doc = "The vocabulary.", defaultValue = "{}") VocabularyConfig vocabulary,
    @Key(
            doc =
                "The maximum number of tokens or vectors. Longer training examples are skipped, see"
                    + " on_too_long; at inference, longer sources are truncated, and sounds divided."
                    + " Default: 200; with type: files 4000, which are 20 seconds of sound.",
            min = 1)
        Optional<Integer> maxLength,
    @Key(
            doc =
                "What training does with an example whose source is longer than max_length: skip"
                    + " it, or cut the source, as at inference. A target is never cut.",
            defaultValue = "skip")
        OnTooLong onTooLong,
    @Key(doc = "The size of a vector. Required with type: vectors.", min = 1)
        Optional<Integer> depth,
    @Key(
            doc =
                "The reader of the files. Required with type: files, which only a source can have.",
            example = "{type: sound, rate: 16000}")
        Optional<Component<VectorsValue.Reader>> reader,
    @Key(
            doc =
                "The number of vectors of a generated target; only for a target with type:"
                    + " vectors. Absent: the number of source positions.",
            min = 1,
            max = 100_000)
        Optional<Integer> generatedLength,
    @Key(
            doc =
                "The turns of a dialogue in a source; only for a source of text. Training does not"
                    + " need it: seq4j chat and the server join turns in this way.",
            example = "{separator: ' <turn> ', turns: 3}")
        Optional<HistoryConfig> history) {

  private static final int MAX_TOKENS = 200;
  private static final int MAX_FILE_LENGTH = 4000;

  /** Checks that exactly vectors have a size, and fills in the default of the maximum length. */
  public SequenceConfig {
    maxLength = Optional.of(maxLength.orElse(type == Type.FILES ? MAX_FILE_LENGTH : MAX_TOKENS));
    tokenizer = TokenizerSteps.checked(tokenizer);
    if (type == Type.VECTORS && depth.isEmpty()) {
      throw new IllegalArgumentException(
          "type: vectors needs depth, the number of values per vector");
    }
    if ((type == Type.FILES) != reader.isPresent()) {
      throw new IllegalArgumentException(
          type == Type.FILES
              ? "type: files needs reader, such as {type: sound}"
              : "reader is for files: add type: files");
    }
    if (type == Type.FILES && (depth.isPresent() || generatedLength.isPresent())) {
      throw new IllegalArgumentException(
          "depth and generated_length are for vectors; the reader tells the size of those of a"
              + " file");
    }
    if (type == Type.TEXT && (depth.isPresent() || generatedLength.isPresent())) {
      throw new IllegalArgumentException(
          "depth and generated_length are for vectors: add type: vectors");
    }
    if (type != Type.TEXT && reversed) {
      throw new IllegalArgumentException(
          "reversed is for texts: remove it, or type: " + type.name().toLowerCase(Locale.ROOT));
    }
    if (reversed && last(tokenizer) instanceof ColumnsTokenizer.Config) {
      throw new IllegalArgumentException(
          "reversed does not go with the tokenizer columns, whose columns have an order: remove one"
              + " of both");
    }
    if (type != Type.TEXT && history.isPresent()) {
      throw new IllegalArgumentException(
          "history is for dialogues of text: remove it, or type: "
              + type.name().toLowerCase(Locale.ROOT));
    }
  }

  private static Object last(List<Component<Tokenizer>> tokenizers) {
    return tokenizers.get(tokenizers.size() - 1).config();
  }

  /** Creates the configuration of a side of text. */
  public static SequenceConfig ofText(
      List<Component<Tokenizer>> tokenizer, VocabularyConfig vocabulary, int maxLength) {
    return new SequenceConfig(
        Type.TEXT,
        tokenizer,
        false,
        vocabulary,
        Optional.of(maxLength),
        OnTooLong.SKIP,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** The treatment of a training example whose source is longer than {@code max_length}. */
  public enum OnTooLong {
    /** The example is skipped. */
    SKIP,
    /** The source is cut to its first {@code max_length} positions. */
    CUT
  }

  /**
   * Creates the tokenizer from all configured ones. Its tokens have the order of the model, see
   * {@code reversed}.
   *
   * @throws org.seq4j.core.plugin.ComponentException if a tokenizer rejects its configuration
   */
  public Tokenizer createTokenizer(ComponentContext context) {
    Tokenizer forward = createForwardTokenizer(context);
    return reversed ? new ReversedTokenizer(forward) : forward;
  }

  /** Creates a tokenizer whose tokens have the order of the text, whatever the model's is. */
  public Tokenizer createForwardTokenizer(ComponentContext context) {
    return TokenizerSteps.create(tokenizer, context);
  }

  /** Returns true if the tokenizer is {@code columns} with {@code aligned: true}. */
  public boolean isAligned() {
    return type == Type.TEXT
        && last(tokenizer) instanceof ColumnsTokenizer.Config columns
        && columns.aligned();
  }

  /** The content of a line. */
  public enum Type {
    /** Text. */
    TEXT,
    /** Vectors. */
    VECTORS,
    /** Paths of files with vectors. */
    FILES,
    /** No source: the model is a language model. */
    NONE
  }

  /** The maximum number of tokens or vectors. */
  public int maxPositions() {
    return maxLength.orElseThrow();
  }

  /** Returns true if the positions are vectors, in lines or files. */
  public boolean isVectors() {
    return type == Type.VECTORS || type == Type.FILES;
  }

  /** Returns true if the positions are tokens of a vocabulary. */
  public boolean hasVocabulary() {
    return type == Type.TEXT;
  }

  /** Returns the source of a language model. */
  public SequenceConfig none() {
    return new SequenceConfig(
        Type.NONE,
        tokenizer,
        false,
        vocabulary,
        maxLength,
        OnTooLong.SKIP,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
