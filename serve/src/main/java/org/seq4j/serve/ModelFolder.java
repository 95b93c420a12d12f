package org.seq4j.serve;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.seq4j.runtime.io.AtomicFiles;
import org.seq4j.runtime.io.RunException;
import org.seq4j.runtime.run.RunDirectory;

/** A folder of runs, each of which is a model of the name of its folder. */
record ModelFolder(Path path) {

  /**
   * Returns the names of the runs, sorted.
   *
   * @throws RunException if the folder cannot be read
   */
  List<String> names() {
    try (Stream<Path> files = Files.list(path)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> find(name).isPresent())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new RunException("cannot read --models " + path + ": " + AtomicFiles.reason(e), e);
    }
  }

  /** Returns the run of a name; empty if there is none. A name never leads out of the folder. */
  Optional<Path> find(String name) {
    return ServedRuns.isName(name) && new RunDirectory(path.resolve(name)).exists()
        ? Optional.of(path.resolve(name))
        : Optional.empty();
  }
}
