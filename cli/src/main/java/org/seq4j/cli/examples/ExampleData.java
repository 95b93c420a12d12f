package org.seq4j.cli.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Data that Seq4j makes itself, to try it with. */
public interface ExampleData {

  /** The name on the command line: lower-case letters. */
  String name();

  /** What the data are, in one line. */
  String description();

  /**
   * Writes {@code train.tsv}, {@code dev.tsv} and {@code test.tsv}: source, tab, target, and in dev
   * and test further targets that are right after further tabs. Files of these names are replaced,
   * each as a whole.
   *
   * @param directory is made if there is none
   * @throws IOException if what the data are made from cannot be read
   * @throws org.seq4j.runtime.io.RunException if a file cannot be written
   * @throws org.seq4j.trainer.data.corpus.DataException if what the data are made from is missing
   */
  void write(Path directory) throws IOException;

  /** All data sets, in the order in which they are listed to users. */
  static List<ExampleData> all() {
    return List.of(new Reverse(), new Dates(), new Series(), new Pronunciation());
  }

  /** The data set of a name. */
  static Optional<ExampleData> named(String name) {
    return all().stream().filter(data -> data.name().equals(name)).findFirst();
  }
}
