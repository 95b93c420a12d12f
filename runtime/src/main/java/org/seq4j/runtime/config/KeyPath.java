package org.seq4j.runtime.config;

/** Paths of keys as users read them: "data.train[0].file". */
final class KeyPath {
  private KeyPath() {}

  static String child(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  static String item(String path, int index) {
    return path + "[" + index + "]";
  }

  /** The key at the top that a path begins with. */
  static String top(String path) {
    return path.replaceFirst("[.\\[].*", "");
  }

  static ConfigProblem twice(String path, SourceLocation again, Node.Entry first) {
    String message = "given twice, first on %s. Remove one".formatted(first.keyPlace());
    return new ConfigProblem(again, path, message);
  }
}
