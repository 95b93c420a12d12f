package org.seq4j.core.data;

/** One side of an example: a text, or a sequence of vectors. */
public sealed interface ExampleValue permits TextValue, VectorsValue {

  /**
   * The value as a reader sees it: the text; of vectors their numbers with spaces between, and
   * semicolons between vectors. Two values are the same to a filter or a split if their texts are.
   */
  String text();
}
