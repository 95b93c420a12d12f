package org.seq4j.trainer.data.corpus;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.seq4j.core.data.BadExampleException;
import org.seq4j.core.data.Example;
import org.seq4j.core.data.ExampleReader;
import org.seq4j.core.data.ExampleValue;
import org.seq4j.core.data.TextValue;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.text.Tokenizer;
import org.seq4j.runtime.codec.AlignedColumns;
import org.seq4j.runtime.codec.SequenceCodec;
import org.seq4j.runtime.codec.SequenceFormatException;
import org.seq4j.runtime.codec.TextCodec;
import org.seq4j.runtime.text.SequenceConfig;

/**
 * The conversion of source and target values; it parses vectors that a file holds as text.
 *
 * @param source converts a source; throws a SequenceFormatException if the value is invalid
 * @param target converts a target; throws a SequenceFormatException if the value is invalid
 */
public record Sides(Side source, Side target) {

  /** The conversion of the values of a side. */
  @FunctionalInterface
  public interface Side {

    /**
     * Converts a value.
     *
     * @param folder the folder of the corpus
     * @throws SequenceFormatException if the value is invalid
     */
    ExampleValue read(ExampleValue value, Path folder);
  }

  /** Keeps all values unchanged. */
  public static final Sides ANY = new Sides((value, folder) -> value, (value, folder) -> value);

  /**
   * Returns the conversion for the sides of an experiment.
   *
   * @param context the context to create a tokenizer with, if its columns must be aligned
   */
  public static Sides of(SequenceConfig source, SequenceConfig target, ComponentContext context) {
    return new Sides(side(source, context), side(target, context));
  }

  private static Side side(SequenceConfig side, ComponentContext context) {
    if (side.isAligned()) {
      return new AlignedText(side, context);
    }
    if (!side.isVectors()) {
      return (value, folder) -> TextCodec.text(value);
    }
    SequenceCodec codec = SequenceCodec.withoutVocabulary(side, context);
    return (value, folder) -> codec.in(folder).read(value);
  }

  /**
   * Converts both sides of an example.
   *
   * @param folder the folder of the corpus, from which the paths of files start
   * @throws BadExampleException if a side is invalid
   */
  Example read(Example example, ExampleReader reader, Path folder) {
    ExampleValue left = read(source, example.source(), folder, reader::location);
    List<ExampleValue> right = new ArrayList<>();
    for (ExampleValue value : example.targets()) {
      right.add(read(target, value, folder, reader::targetLocation));
    }
    return new Example(left, right, example.alignment());
  }

  private static ExampleValue read(
      Side side, ExampleValue value, Path folder, Supplier<String> place) {
    try {
      return side.read(value, folder);
    } catch (SequenceFormatException e) {
      throw new BadExampleException(place.get(), e.getMessage());
    }
  }

  /** Checks that the columns of a text are aligned. */
  private static final class AlignedText implements Side {
    private final SequenceConfig side;
    private final ComponentContext context;
    private Tokenizer tokenizer; // made when the first text is read: a dataset may only be checked

    AlignedText(SequenceConfig side, ComponentContext context) {
      this.side = side;
      this.context = context;
    }

    @Override
    public ExampleValue read(ExampleValue value, Path folder) {
      TextValue text = TextCodec.text(value);
      Tokenizer known = tokenizer();
      AlignedColumns.check(known.columns().orElseThrow(), known.tokens(text.text()));
      return text;
    }

    private synchronized Tokenizer tokenizer() {
      tokenizer = tokenizer == null ? side.createTokenizer(context) : tokenizer;
      return tokenizer;
    }
  }
}
