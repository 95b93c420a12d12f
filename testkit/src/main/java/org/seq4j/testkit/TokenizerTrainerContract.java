package org.seq4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.seq4j.core.text.TokenizerTrainer;

/**
 * Contract of tokenizer trainers: equal lines give equal files, and lines from which nothing can be
 * learned are told in words. A test extends it and implements {@link #trainer()}.
 */
public abstract class TokenizerTrainerContract {

  /** Returns the trainer under test. */
  protected abstract TokenizerTrainer trainer();

  /** Returns lines to train from. */
  protected List<String> lines() {
    return Collections.nCopies(20, "The quick brown fox jumps over the lazy dog, quickly.");
  }

  private byte[] train(TokenizerTrainer trainer, List<String> lines) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    boolean[] closed = new boolean[1];
    trainer.train(
        lines.iterator(),
        new OutputStream() {
          @Override
          public void write(int value) {
            file.write(value);
          }

          @Override
          public void write(byte[] bytes, int from, int length) {
            file.write(bytes, from, length);
          }

          @Override
          public void close() {
            closed[0] = true;
          }
        });
    assertThat(closed[0]).as("the trainer must not close its output").isFalse();
    return file.toByteArray();
  }

  @Test
  public void equalLinesGiveEqualFiles() throws IOException {
    TokenizerTrainer once = trainer();
    byte[] first = train(once, lines());
    assertThat(first).as("the model file").isNotEmpty();
    assertThat(train(once, lines())).as("the file of the same lines again").isEqualTo(first);
    assertThat(train(trainer(), lines())).as("the file of another trainer").isEqualTo(first);
  }

  @Test
  public void noLinesAreRefusedInWordsOrGiveAFile() throws IOException {
    try {
      train(trainer(), List.of());
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage()).as("the message for the user").isNotBlank();
    }
  }
}
