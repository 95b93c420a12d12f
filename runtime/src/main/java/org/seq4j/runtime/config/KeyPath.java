package org.seq4j.runtime.config;

/** Paths of config keys: "data.train[0].file". */
final class KeyPath {
  private KeyPath() {}

  static String child(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  static String item(String path, int index) {
    return path + "[" + index + "]";
  }

  /** Returns the top-level key of a path. */
  static String top(String path) {
    return path.replaceFirst("[.\\[].*", "");
  }

  static ConfigProblem twice(String path, SourceLocation again, Node.Entry first) {
    String message = "given twice, first on %s. Remove one".formatted(first.keyPlace());
    return new ConfigProblem(again, path, message);
  }
}
