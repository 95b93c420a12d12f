package org.seq4j.core.text;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Iterator;
import org.seq4j.core.plugin.Kind;

/** Learns from text what a tokenizer of the same name needs a file for. */
@Kind("tokenizer-trainer")
public interface TokenizerTrainer {

  /**
   * Reads all lines and writes the file. The same lines give the same bytes.
   *
   * @param lines are read once, and not kept
   * @param output stays open
   * @throws IllegalArgumentException if nothing can be learned from these lines; the message is for
   *     the user
   */
  void train(Iterator<String> lines, OutputStream output) throws IOException;
}
