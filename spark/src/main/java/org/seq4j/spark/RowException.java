package org.seq4j.spark;

import org.apache.spark.sql.Row;

/** Reports a row that the model cannot read; the message is for the user. */
final class RowException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;
  private static final int SHOWN = 80;

  private RowException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * Reports a file.
   *
   * @param cause its message names the file
   */
  static RowException unreadable(RuntimeException cause) {
    return new RowException(
        cause.getMessage() + "; with onError null such rows are left without a result", cause);
  }

  static RowException unreadable(Row row, int column, RuntimeException cause) {
    String text = row.getString(column);
    String shown = text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
    return new RowException(
        "column %s, '%s': %s; with onError null such rows are left without a result"
            .formatted(row.schema().fieldNames()[column], shown, cause.getMessage()),
        cause);
  }
}
