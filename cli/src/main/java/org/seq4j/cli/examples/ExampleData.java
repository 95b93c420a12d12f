package org.seq4j.cli.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A data set that Seq4j generates, to try it with. */
public interface ExampleData {

  /** Returns the name on the command line, in lower-case letters. */
  String name();

  /** Returns a description in one line. */
  String description();

  /**
   * Writes {@code train.tsv}, {@code dev.tsv} and {@code test.tsv}. A line has a source, a tab and
   * a target; in dev and test, alternative targets may follow after further tabs. Existing files of
   * these names are replaced atomically.
   *
   * @param directory created if missing
   * @throws IOException if the underlying data cannot be read
   * @throws org.seq4j.runtime.io.RunException if a file cannot be written
   * @throws org.seq4j.trainer.data.corpus.DataException if the underlying data are missing
   */
  void write(Path directory) throws IOException;

  /** Returns all data sets, in the order in which users see them. */
  static List<ExampleData> all() {
    return List.of(new Reverse(), new Dates(), new Series(), new Pronunciation());
  }

  /** Returns the data set of a name. */
  static Optional<ExampleData> named(String name) {
    return all().stream().filter(data -> data.name().equals(name)).findFirst();
  }
}
