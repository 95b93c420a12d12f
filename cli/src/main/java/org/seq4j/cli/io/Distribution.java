package org.seq4j.cli.io;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.seq4j.runtime.io.AtomicFiles;

/** The folder of the distribution that runs this command. */
public final class Distribution {
  /** System property with the folder, set by the start script. */
  private static final String HOME = "seq4j.home";

  private Distribution() {}

  /** Returns a folder of the distribution, or of the working directory if there is none. */
  public static Path folder(String name) {
    return Path.of(System.getProperty(HOME, "."), name);
  }

  /**
   * Returns the first file of a folder by name.
   *
   * @param glob pattern of its name
   */
  public static Optional<Path> find(String folder, String glob) {
    Path within = folder(folder);
    if (!Files.isDirectory(within)) {
      return Optional.empty();
    }
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(within, glob)) {
      files.forEach(found::add);
    } catch (IOException e) {
      throw new CommandException("cannot read " + within + ": " + AtomicFiles.reason(e), e);
    }
    return found.stream().min(Comparator.naturalOrder());
  }
}
