package org.seq4j.runtime.platform;

import com.sun.jna.NativeLibrary;
import java.io.IOException;
import org.bytedeco.javacpp.Loader;
import org.seq4j.runtime.error.PlatformException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.internal.c_api.global.tensorflow;
import org.tensorflow.proto.ConfigProto;

/**
 * TensorFlow's native library. It writes to stderr, which is the application's; here it is told to
 * write errors only, unless the environment variable TF_CPP_MIN_LOG_LEVEL says otherwise (0
 * everything ... 3 only what ends the process).
 */
public final class TensorFlowLibrary {
  static final String VERSION = "1.1.0";

  private static final Logger LOG = LoggerFactory.getLogger(TensorFlowLibrary.class);
  private static final String LEVEL = "TF_CPP_MIN_LOG_LEVEL";
  private static final String ALL = "0";
  private static final String ERRORS = "2";

  /** The reason of the first failure; Java does not try again in a process. */
  private static String failure;

  private static boolean loaded;

  private TensorFlowLibrary() {}

  /**
   * Loads the library, if it is not loaded.
   *
   * @param config the configuration of the first session; all sessions of a process share its
   *     threads
   * @throws PlatformException if it cannot be loaded; the message states the reason and the remedy
   */
  public static synchronized void load(ConfigProto config) {
    if (loaded) {
      return;
    }
    if (failure != null) {
      throw new PlatformException(failure);
    }
    NativeCache.prepare();
    String level = System.getenv().getOrDefault(LEVEL, ERRORS);
    setVariable(level);
    try {
      Loader.load(tensorflow.class);
    } catch (LinkageError e) {
      failure = LinkFailure.explain(e).orElseThrow(() -> e);
      throw new PlatformException(failure, e);
    }
    if (!level.equals(ALL)) {
      runQuietly(config);
    }
    loaded = true;
  }

  /** Sets the variable, which TensorFlow reads when it logs for the first time. */
  private static void setVariable(String level) {
    try {
      int overwrite = 0;
      NativeLibrary.getProcess()
          .getFunction("setenv")
          .invokeInt(new Object[] {LEVEL, level, overwrite});
    } catch (LinkageError e) { // JNA cannot unpack its library, either
      LOG.debug("cannot set {}", LEVEL, e);
    }
  }

  /**
   * Runs a session. One part of the library does not read the variable, and has no other switch:
   * the first session of a process writes two lines, of which one says that they are written.
   */
  private static void runQuietly(ConfigProto config) {
    try {
      NativeStderr.without(
          line -> line.matches("[IW]\\d{4} .*") || line.contains("absl::InitializeLog()"),
          () -> {
            try (Graph graph = new Graph();
                Session session = new Session(graph, config)) {
              var nothing = graph.opBuilder("NoOp", "nothing", graph.baseScope()).build();
              session.runner().addTarget(nothing).run().close();
            }
          });
    } catch (IOException | LinkageError e) {
      LOG.debug("TensorFlow's first session writes to stderr", e);
    }
  }
}
