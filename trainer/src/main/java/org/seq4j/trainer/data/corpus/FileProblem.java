package org.seq4j.trainer.data.corpus;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A file that the config names but that cannot be read.
 *
 * @param path the path of the key, for example "data.train[0].source"
 * @param file the file, resolved
 * @param message the problem, without the path of the key
 */
public record FileProblem(String path, Path file, String message) {

  /** Returns the problem with a file, if any. */
  public static Optional<FileProblem> of(String path, Path file) {
    if (!Files.exists(file)) {
      return Optional.of(
          new FileProblem(
              path,
              file,
              "no such file: "
                  + file
                  + ". Relative paths start from the folder of the config file, those of --set from the working directory"));
    }
    if (Files.isDirectory(file)) {
      return Optional.of(new FileProblem(path, file, "expected a file, got a folder: " + file));
    }
    if (!Files.isRegularFile(file)) {
      return Optional.of(
          new FileProblem(
              path,
              file,
              "expected a file, got a pipe or a device: "
                  + file
                  + ". It is read several times, so save its content to a file"));
    }
    return Files.isReadable(file)
        ? Optional.empty()
        : Optional.of(new FileProblem(path, file, "no permission to read " + file));
  }
}
