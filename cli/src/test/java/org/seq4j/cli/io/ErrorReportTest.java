package org.seq4j.cli.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.seq4j.runtime.plugin.ComponentRegistry;
import org.tensorflow.exceptions.TFResourceExhaustedException;

/** Failures that are the machine's, not the program's. */
final class ErrorReportTest {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void tensorFlowOutOfMemory() {
    int status = report(new TFResourceExhaustedException("OOM when allocating tensor\nat"));

    assertThat(err.toString(StandardCharsets.UTF_8))
        .startsWith("seq4j: out of memory (OOM when allocating tensor): TensorFlow's")
        .contains("smaller training.batch.size", "max_length")
        .doesNotContain("internal error");
    assertThat(status).isEqualTo(1);
  }

  @Test
  void javaOutOfMemoryInAnotherThread() {
    int status = report(new IllegalStateException(new OutOfMemoryError("Java heap space")));

    assertThat(err.toString(StandardCharsets.UTF_8))
        .startsWith("seq4j: out of memory (Java heap space): the Java heap is full")
        .contains("SEQ4J_JAVA_OPTS=-Xmx", "smaller training.batch.size")
        .doesNotContain("internal error");
    assertThat(status).isEqualTo(1);
  }

  @Test
  void aNativeLibraryThatCannotBeRun() {
    int status =
        report(
            new ExceptionInInitializerError(
                new UnsatisfiedLinkError("/tmp/libzstd-jni.so: failed to map segment")));

    assertThat(err.toString(StandardCharsets.UTF_8))
        .startsWith("seq4j: /tmp/libzstd-jni.so cannot be run: its file system forbids execution")
        .contains("SEQ4J_JAVA_OPTS=-Djava.io.tmpdir=FOLDER")
        .doesNotContain("internal error");
    assertThat(status).isEqualTo(1);
  }

  private int report(Throwable error) {
    PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
    Console console =
        new Console(
            InputStream.nullInputStream(),
            stream,
            stream,
            false,
            false,
            false,
            80,
            "seq4j",
            List::of);
    return new ErrorReport(console, new GlobalOptions(), ComponentRegistry::of).report(error);
  }
}
