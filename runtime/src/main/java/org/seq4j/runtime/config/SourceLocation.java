package org.seq4j.runtime.config;

/**
 * A location in the sources of a configuration.
 *
 * @param line line number from 1; 0 if not in a file
 * @param column column number from 1; 0 if not in a file
 * @param setting the override, "--set a.b=c"; empty if in a file
 * @param file name of the included file; empty for the main file
 */
public record SourceLocation(int line, int column, String setting, String file) {

  /** Creates a location in the main file, or an override. */
  public SourceLocation(int line, int column, String setting) {
    this(line, column, setting, "");
  }

  /** The main file as a whole. */
  static final SourceLocation FILE = new SourceLocation(0, 0, "");

  static SourceLocation at(int line, int column) {
    return new SourceLocation(line, column, "");
  }

  static SourceLocation of(String setting) {
    return new SourceLocation(0, 0, setting);
  }

  /** Returns the same location in an included file. */
  SourceLocation in(String included) {
    return new SourceLocation(line, column, setting, included);
  }

  /**
   * Returns "line 14", "base.yaml, line 14", "--set a.b=c", or an empty string for the whole file.
   */
  @Override
  public String toString() {
    return line > 0 ? (file.isEmpty() ? "" : file + ", ") + "line " + line : setting;
  }
}
