package org.seq4j.cli.view;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.seq4j.serve.TranslationJson;

/** Writes the best text so far after each step of a search; stops the search if writing fails. */
public final class TextSoFar implements Predicate<Supplier<String>> {
  private final OutputStream out;
  private IOException failure;

  public TextSoFar(OutputStream out) {
    this.out = out;
  }

  @Override
  public boolean test(Supplier<String> soFar) {
    try {
      out.write((TranslationJson.soFar(soFar.get()) + "\n").getBytes(StandardCharsets.UTF_8));
      out.flush();
    } catch (IOException e) {
      failure = e;
    }
    return failure == null;
  }

  /**
   * Checks that everything was written.
   *
   * @throws IOException if writing failed
   */
  public void check() throws IOException {
    if (failure != null) {
      throw failure;
    }
  }
}
