package org.seq4j.core.data;

/** The source or a target of an example: a text or a sequence of vectors. */
public sealed interface ExampleValue permits TextValue, VectorsValue {

  /**
   * The value as text. Vectors are written as their numbers, with spaces between numbers and
   * semicolons between vectors. Filters and splits compare values by this text.
   */
  String text();
}
