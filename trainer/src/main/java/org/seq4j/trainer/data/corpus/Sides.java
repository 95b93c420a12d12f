package org.seq4j.trainer.data.corpus;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.seq4j.core.data.BadExampleException;
import org.seq4j.core.data.Example;
import org.seq4j.core.data.ExampleReader;
import org.seq4j.core.data.ExampleValue;
import org.seq4j.runtime.codec.FeatureCodec;
import org.seq4j.runtime.codec.SequenceFormatException;
import org.seq4j.runtime.codec.TextCodec;
import org.seq4j.runtime.text.SequenceConfig;

/**
 * What values must be, side by side: where a file holds vectors as text, this is where they are
 * parsed.
 *
 * @param source throws a SequenceFormatException if a value cannot be a source
 * @param target likewise for a target
 */
public record Sides(UnaryOperator<ExampleValue> source, UnaryOperator<ExampleValue> target) {

  /** As the corpus has them. */
  public static final Sides ANY = new Sides(UnaryOperator.identity(), UnaryOperator.identity());

  /** As an experiment has them. */
  public static Sides of(SequenceConfig source, SequenceConfig target) {
    return new Sides(side(source), side(target));
  }

  private static UnaryOperator<ExampleValue> side(SequenceConfig side) {
    if (!side.isVectors()) {
      return TextCodec::text;
    }
    FeatureCodec codec = new FeatureCodec(side.depth().orElseThrow(), side.maxLength());
    return codec::read;
  }

  /**
   * An example whose sides are what they must be.
   *
   * @throws BadExampleException if one is not
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
}
