package org.seq4j.runtime.transcribe;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.seq4j.core.data.ExampleValue;
import org.seq4j.core.data.VectorsValue;
import org.seq4j.core.text.FeatureSequence;

/**
 * A file that has been divided into parts that a model can read.
 *
 * @param pauses the pauses of a sound; empty if the positions of the file are no times
 */
record DividedFile(VectorsValue file, Optional<Pauses> pauses, List<Range> parts) {
  /** Parts that are computed together: the memory for a long sound does not grow with it. */
  private static final int GROUP = 16;

  /** A part of a file. */
  record Part(DividedFile file, Range range) {

    ExampleValue source() {
      FeatureSequence all = file.file().vectors();
      return range.length() == all.length()
          ? file.file()
          : new VectorsValue(all.slice(range.start(), range.end()), file.file().written());
    }
  }

  /**
   * Computes something for all parts of files.
   *
   * @param work returns the result of each of some parts, which may be of several files
   * @return for each file, the results of its parts
   */
  static <R> List<List<R>> map(List<DividedFile> files, Function<List<Part>, List<R>> work) {
    List<Part> all =
        files.stream()
            .flatMap(file -> file.parts().stream().map(range -> new Part(file, range)))
            .toList();
    List<R> results = new ArrayList<>();
    for (int from = 0; from < all.size(); from += GROUP) {
      results.addAll(work.apply(all.subList(from, Math.min(all.size(), from + GROUP))));
    }
    List<List<R>> byFile = new ArrayList<>();
    int next = 0;
    for (DividedFile file : files) {
      byFile.add(results.subList(next, next + file.parts().size()));
      next += file.parts().size();
    }
    return byFile;
  }
}
