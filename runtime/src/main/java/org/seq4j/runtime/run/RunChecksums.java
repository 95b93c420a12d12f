package org.seq4j.runtime.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.seq4j.runtime.io.AtomicFiles;
import org.seq4j.runtime.io.RunException;

/** Checksums of the files in a run's folder that a checkpoint depends on. */
final class RunChecksums {
  private RunChecksums() {}

  /** Implements {@link RunDirectory#checksums}. */
  static Map<String, String> of(RunDirectory run) {
    Map<String, String> checksums = new TreeMap<>();
    for (Path file : List.of(run.sourceVocabulary(), run.targetVocabulary())) {
      if (Files.exists(file)) {
        checksums.put(key(run, file), checksum(file));
      }
    }
    if (Files.isDirectory(run.tokenizers())) {
      try (Stream<Path> files = Files.list(run.tokenizers())) {
        files
            .filter(file -> !file.toString().endsWith(".partial"))
            .forEach(file -> checksums.put(key(run, file), checksum(file)));
      } catch (IOException e) {
        throw new RunException(AtomicFiles.unreadable(run.tokenizers(), e), e);
      }
    }
    return checksums;
  }

  private static String key(RunDirectory run, Path file) {
    return RunDirectory.CHECKSUM + run.path().relativize(file);
  }

  private static String checksum(Path file) {
    CRC32 checksum = new CRC32();
    try {
      checksum.update(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new RunException(AtomicFiles.unreadable(file, e), e);
    }
    return String.format(Locale.ROOT, "%08x", checksum.getValue());
  }

  /** Implements {@link RunDirectory#verify}. */
  static void verify(RunDirectory run, Map<String, String> texts) {
    Map<String, String> here = of(run);
    texts.forEach(
        (key, expected) -> {
          if (key.startsWith(RunDirectory.CHECKSUM) && !expected.equals(here.get(key))) {
            Path file = run.path().resolve(key.substring(RunDirectory.CHECKSUM.length()));
            throw new RunException(
                Files.exists(file)
                    ? file
                        + " is damaged: it differs from the file that the run was trained with;"
                        + " restore it"
                    : file + " is missing; restore the file that the run was trained with");
          }
        });
  }
}
