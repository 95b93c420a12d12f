package org.seq4j.runtime.config;

/**
 * A source file of a configuration, for locations in it.
 *
 * @param name name of an included file; empty for the main file
 * @param layer 0 for the main file, then the included files in the order of their precedence
 */
record SourceFile(String name, int layer) {

  /** The main file. */
  static final SourceFile MAIN = new SourceFile("", 0);
}
