package org.seq4j.trainer.data.corpus;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.seq4j.core.data.BadExampleException;
import org.seq4j.core.data.Example;
import org.seq4j.core.data.ExampleReader;
import org.seq4j.core.data.ExampleValue;
import org.seq4j.core.data.TextValue;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.text.Tokenizer;
import org.seq4j.runtime.codec.AlignedColumns;
import org.seq4j.runtime.codec.FeatureCodec;
import org.seq4j.runtime.codec.SequenceFormatException;
import org.seq4j.runtime.codec.TextCodec;
import org.seq4j.runtime.text.SequenceConfig;

/**
 * The conversion of source and target values; it parses vectors that a file holds as text.
 *
 * @param source converts a source; throws a SequenceFormatException if the value is invalid
 * @param target converts a target; throws a SequenceFormatException if the value is invalid
 */
public record Sides(UnaryOperator<ExampleValue> source, UnaryOperator<ExampleValue> target) {

  /** Keeps all values unchanged. */
  public static final Sides ANY = new Sides(UnaryOperator.identity(), UnaryOperator.identity());

  /**
   * Returns the conversion for the sides of an experiment.
   *
   * @param context the context to create a tokenizer with, if its columns must be aligned
   */
  public static Sides of(SequenceConfig source, SequenceConfig target, ComponentContext context) {
    return new Sides(side(source, context), side(target, context));
  }

  private static UnaryOperator<ExampleValue> side(SequenceConfig side, ComponentContext context) {
    if (side.isAligned()) {
      return new AlignedText(side, context);
    }
    if (!side.isVectors()) {
      return TextCodec::text;
    }
    FeatureCodec codec = new FeatureCodec(side.depth().orElseThrow(), side.maxLength());
    return codec::read;
  }

  /**
   * Converts both sides of an example.
   *
   * @throws BadExampleException if a side is invalid
   */
  Example read(Example example, ExampleReader reader) {
    ExampleValue left = read(source, example.source(), reader::location);
    List<ExampleValue> right = new ArrayList<>();
    for (ExampleValue value : example.targets()) {
      right.add(read(target, value, reader::targetLocation));
    }
    return new Example(left, right, example.alignment());
  }

  private static ExampleValue read(
      UnaryOperator<ExampleValue> side, ExampleValue value, Supplier<String> place) {
    try {
      return side.apply(value);
    } catch (SequenceFormatException e) {
      throw new BadExampleException(place.get(), e.getMessage());
    }
  }

  /** Checks that the columns of a text are aligned. */
  private static final class AlignedText implements UnaryOperator<ExampleValue> {
    private final SequenceConfig side;
    private final ComponentContext context;
    private Tokenizer tokenizer; // made when the first text is read: a dataset may only be checked

    AlignedText(SequenceConfig side, ComponentContext context) {
      this.side = side;
      this.context = context;
    }

    @Override
    public ExampleValue apply(ExampleValue value) {
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
