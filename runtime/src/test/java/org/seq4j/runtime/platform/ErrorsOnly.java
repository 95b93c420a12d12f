package org.seq4j.runtime.platform;

import com.sun.jna.NativeLibrary;
import org.bytedeco.javacpp.Loader;
import org.seq4j.core.graph.Initializer;
import org.seq4j.runtime.graph.ModelGraph;
import org.tensorflow.internal.c_api.global.tensorflow;
import org.tensorflow.ndarray.Shape;

/** Uses TensorFlow, and has it log, in the process of {@link TensorFlowLibraryTest}. */
public final class ErrorsOnly {
  private ErrorsOnly() {}

  /** Logs a message of each level. */
  public static void main(String[] arguments) {
    try (ModelGraph model = new ModelGraph(1, 1)) {
      model.scope(false).parameter("w", Shape.of(2), Initializer.ZEROS);
      model.initialize();
      System.out.println(model.read().keySet());
    }
    String library = Loader.load(tensorflow.class).replace("libjnitensorflow", "libtensorflow_cc");
    for (int level = 0; level < 3; level++) {
      NativeLibrary.getInstance(library.replaceAll("\\.so$", ".so.2"))
          .getFunction("TF_Log")
          .invokeVoid(new Object[] {level, "message of level " + level});
    }
  }
}
