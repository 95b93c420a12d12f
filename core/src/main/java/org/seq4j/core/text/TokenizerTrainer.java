package org.seq4j.core.text;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Iterator;
import org.seq4j.core.plugin.Kind;

/** Trains the model file of the tokenizer of the same name. */
@Kind("tokenizer-trainer")
public interface TokenizerTrainer {

  /**
   * Reads all lines and writes the model file. Equal lines give equal bytes.
   *
   * @param lines lines of text, read once and not kept in memory
   * @param output the model file; not closed
   * @throws IllegalArgumentException if no model can be trained from these lines; the message is
   *     for the user
   */
  void train(Iterator<String> lines, OutputStream output) throws IOException;
}
