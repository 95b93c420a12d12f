package org.seq4j.runtime.config;

/**
 * A location in the sources of a configuration.
 *
 * @param line line number from 1; 0 if not in a file
 * @param column column number from 1; 0 if not in a file
 * @param setting the override, "--set a.b=c"; empty if in a file
 * @param file name of the included file; empty for the main file
 * @param layer precedence of the source: a value of a lower layer counts; negative for overrides, 0
 *     for the main file, then the included files
 */
public record SourceLocation(int line, int column, String setting, String file, int layer) {

  /** Creates a location in the main file, or an override. */
  public SourceLocation(int line, int column, String setting) {
    this(line, column, setting, "", setting.isEmpty() ? 0 : -1);
  }

  /** The main file as a whole. */
  static final SourceLocation FILE = new SourceLocation(0, 0, "");

  static SourceLocation at(int line, int column) {
    return new SourceLocation(line, column, "");
  }

  static SourceLocation of(String setting) {
    return new SourceLocation(0, 0, setting);
  }

  /** Returns the same location in a source file. */
  SourceLocation in(SourceFile source) {
    return new SourceLocation(line, column, setting, source.name(), source.layer());
  }

  /** Returns true if the value was set by an override. */
  boolean isOverride() {
    return !setting.isEmpty();
  }

  /**
   * Returns "line 14", "base.yaml, line 14", "--set a.b=c", or an empty string for the whole file.
   */
  @Override
  public String toString() {
    return line > 0 ? (file.isEmpty() ? "" : file + ", ") + "line " + line : setting;
  }
}
