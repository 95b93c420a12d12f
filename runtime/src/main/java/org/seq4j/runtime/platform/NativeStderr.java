package org.seq4j.runtime.platform;

import com.sun.jna.NativeLibrary;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;

/** The process's stderr as native code sees it, file descriptor 2. */
final class NativeStderr {
  private static final int STDERR = 2;
  private static final int WRITE_ONLY = 1;

  private NativeStderr() {}

  /**
   * Runs an action and keeps some lines from stderr. Everything else that the process writes
   * meanwhile, in any thread, appears when the action is done.
   *
   * @throws IOException if stderr cannot be redirected; the action was not run then
   */
  static void without(Predicate<String> unwanted, Runnable action) throws IOException {
    NativeLibrary c = NativeLibrary.getProcess();
    Path file = Files.createTempFile("seq4j-", ".stderr");
    try {
      int redirected = call(c, "open", file.toString(), WRITE_ONLY);
      int stderr = call(c, "dup", STDERR);
      try {
        call(c, "dup2", redirected, STDERR);
        action.run();
      } finally {
        call(c, "dup2", stderr, STDERR);
        call(c, "close", stderr);
        call(c, "close", redirected);
      }
      print(Files.readString(file, StandardCharsets.ISO_8859_1), unwanted); // keeps all bytes
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private static int call(NativeLibrary library, String function, Object... arguments)
      throws IOException {
    int result = library.getFunction(function).invokeInt(arguments);
    if (result < 0) {
      throw new IOException(function + " failed");
    }
    return result;
  }

  private static void print(String text, Predicate<String> unwanted) throws IOException {
    StringBuilder wanted = new StringBuilder();
    for (String line : text.split("(?<=\n)", 0)) {
      if (!unwanted.test(line.strip())) {
        wanted.append(line);
      }
    }
    if (!wanted.isEmpty()) {
      // Not closed: that would close stderr.
      new FileOutputStream(FileDescriptor.err)
          .write(wanted.toString().getBytes(StandardCharsets.ISO_8859_1));
    }
  }
}
