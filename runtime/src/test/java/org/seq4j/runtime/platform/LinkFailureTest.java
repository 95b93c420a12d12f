package org.seq4j.runtime.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.Test;
import org.tensorflow.TensorFlow;

/** The sentences for what keeps native libraries from being loaded; the texts are the systems'. */
final class LinkFailureTest {
  private static final String LIBRARY = "/cache/libjnitensorflow.so";

  @Test
  void noJarForThePlatform() {
    assertThat(explain("Could not find jnitensorflow in class, module, and library paths."))
        .isEqualTo(
            "TensorFlow's native library for %s is not on the class path. Add"
                    .formatted(Loader.getPlatform())
                + " org.tensorflow:tensorflow-core-native:1.1.0:%s".formatted(Loader.getPlatform())
                + " (there are linux-x86_64, linux-x86_64-gpu, linux-arm64 and macosx-arm64)");
  }

  @Test
  void theVersionIsThatOfTensorFlowJava() {
    assertThat(TensorFlow.class.getProtectionDomain().getCodeSource().getLocation().toString())
        .endsWith("-" + TensorFlowLibrary.VERSION + ".jar");
  }

  @Test
  void aFileSystemWithoutExecution() {
    assertThat(explain(LIBRARY + ": " + LIBRARY + ": failed to map segment from shared object"))
        .isEqualTo(
            "/cache/libjnitensorflow.so cannot be run: its file system forbids execution (noexec)."
                + " Name a folder that allows it with -Dorg.bytedeco.javacpp.cachedir=FOLDER (for"
                + " the command: SEQ4J_JAVA_OPTS=-Dorg.bytedeco.javacpp.cachedir=FOLDER)");
  }

  @Test
  void aFullDisk() {
    assertThat(
            explain(
                LIBRARY
                    + ": libtensorflow_cc.so.2: cannot open shared object file: No such file or"
                    + " directory"))
        .startsWith("/cache/libjnitensorflow.so is incomplete: the disk was full")
        .contains("-Dorg.bytedeco.javacpp.cachedir=FOLDER");
  }

  @Test
  void aSystemThatIsTooOld() {
    assertThat(explain(LIBRARY + ": /lib64/libc.so.6: version `GLIBC_2.29' not found"))
        .startsWith("TensorFlow's native library needs a newer system: /cache/")
        .endsWith("`GLIBC_2.29' not found");
  }

  @Test
  void muslInPlaceOfGlibc() {
    assertThat(
            LinkFailure.explanation(
                LIBRARY + ": Error loading shared library ld-linux-x86-64.so.2: No such file",
                true))
        .startsWith("TensorFlow's native library needs glibc, and this system has musl")
        .contains("eclipse-temurin:17-jre");
  }

  @Test
  void aLibraryOfAnotherClassLoader() {
    assertThat(explain("Native Library /x/libtokenizers.so already loaded in another classloader"))
        .startsWith("a native library is loaded by another class loader of this Java process")
        .contains("/x/libtokenizers.so");
  }

  @Test
  void theCauseThatSaysTheReasonIsExplained() {
    Error first = new UnsatisfiedLinkError("no jnitensorflow in java.library.path: /lib");
    first.initCause(new UnsatisfiedLinkError(LIBRARY + ": failed to map segment"));

    assertThat(LinkFailure.explain(new IllegalStateException(first)).orElseThrow())
        .contains("noexec");
    assertThat(LinkFailure.explain(new IllegalStateException("other"))).isEmpty();
  }

  private static String explain(String message) {
    return LinkFailure.explanation(message, false);
  }
}
