package org.seq4j.runtime.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.bytedeco.javacpp.Loader;

/** Explains why a native library cannot be loaded. */
public final class LinkFailure {
  private static final String TENSORFLOW_CACHE = "-Dorg.bytedeco.javacpp.cachedir=FOLDER";

  /** For the tokenizers sentencepiece and huggingface, which are of the Deep Java Library. */
  private static final String TOKENIZER_CACHE = "-DDJL_CACHE_DIR=FOLDER";

  private static final String TEMPORARY = "-Djava.io.tmpdir=FOLDER";

  private LinkFailure() {}

  /** Returns a message for the user, if a native library that did not load is among the causes. */
  public static Optional<String> explain(Throwable error) {
    Optional<String> found = Optional.empty();
    for (Throwable one = error; one != null; one = one.getCause()) {
      if (one instanceof UnsatisfiedLinkError) {
        found =
            Optional.of(explanation(one.getMessage(), usesMusl())); // the last one says the reason
      }
    }
    return found;
  }

  /** Returns the explanation of the message of an {@link UnsatisfiedLinkError}. */
  static String explanation(String message, boolean musl) {
    String text = message == null ? "" : message.lines().findFirst().orElse("");
    if (text.contains("Could not find jnitensorflow") || text.startsWith("no jnitensorflow in")) {
      return missing(Loader.getPlatform());
    }
    if (musl && (text.contains("ld-linux") || text.contains("relocating"))) {
      return "TensorFlow's native library needs glibc, and this system has musl (such as Alpine"
          + " Linux): use an image with glibc, such as eclipse-temurin:17-jre ("
          + text
          + ")";
    }
    if (text.contains("failed to map segment") || text.contains("Operation not permitted")) {
      return text.split(":", 2)[0]
          + " cannot be run: its file system forbids execution (noexec). Name a folder that"
          + " allows it with "
          + options(folderOf(text));
    }
    if (text.contains("libtensorflow") && text.contains("cannot open shared object file")) {
      return text.split(":", 2)[0]
          + " is incomplete: the disk was full when the native library was unpacked. Delete the"
          + " folder, and make room for 700 MB there or in another folder, with "
          + options(TENSORFLOW_CACHE);
    }
    if (text.contains("GLIBC") || text.contains("CXXABI")) {
      return "TensorFlow's native library needs a newer system: " + text;
    }
    if (text.contains("already loaded in another classloader")) {
      return "a native library is loaded by another class loader of this Java process: load it"
          + " once, in a class loader that both applications share ("
          + text
          + ")";
    }
    return "a native library cannot be loaded: " + text;
  }

  private static String missing(String platform) {
    return "TensorFlow's native library for "
        + platform
        + " is not on the class path. Add org.tensorflow:tensorflow-core-native:"
        + TensorFlowLibrary.VERSION
        + ":"
        + platform
        + " (there are linux-x86_64, linux-x86_64-gpu, linux-arm64 and macosx-arm64)";
  }

  private static String folderOf(String library) {
    if (library.contains("tensorflow")) {
      return TENSORFLOW_CACHE;
    }
    return library.contains("tokenizers") || library.contains("sentencepiece")
        ? TOKENIZER_CACHE
        : TEMPORARY;
  }

  private static String options(String option) {
    return option + " (for the command: SEQ4J_JAVA_OPTS=" + option + ")";
  }

  private static boolean usesMusl() {
    Path libraries = Path.of("/lib");
    if (!Files.isDirectory(libraries)) {
      return false;
    }
    try (var files = Files.newDirectoryStream(libraries, "ld-musl-*")) {
      return files.iterator().hasNext();
    } catch (IOException e) {
      return false;
    }
  }
}
