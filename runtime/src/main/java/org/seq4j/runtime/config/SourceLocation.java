package org.seq4j.runtime.config;

/**
 * A place in a configuration's source.
 *
 * @param line from 1; 0 if not in the file
 * @param column from 1; 0 if not in the file
 * @param setting the override, "--set a.b=c"; empty if in the file
 * @param file the included file that it is in; empty if it is the file that was read
 */
public record SourceLocation(int line, int column, String setting, String file) {

  /** A place in the file that was read, or an override. */
  public SourceLocation(int line, int column, String setting) {
    this(line, column, setting, "");
  }

  /** The file as a whole. */
  static final SourceLocation FILE = new SourceLocation(0, 0, "");

  static SourceLocation at(int line, int column) {
    return new SourceLocation(line, column, "");
  }

  static SourceLocation of(String setting) {
    return new SourceLocation(0, 0, setting);
  }

  /** The same place in an included file. */
  SourceLocation in(String included) {
    return new SourceLocation(line, column, setting, included);
  }

  /** "line 14", "base.yaml, line 14", "--set a.b=c", or nothing for the file as a whole. */
  @Override
  public String toString() {
    return line > 0 ? (file.isEmpty() ? "" : file + ", ") + "line " + line : setting;
  }
}
