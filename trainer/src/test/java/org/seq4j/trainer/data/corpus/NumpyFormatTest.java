package org.seq4j.trainer.data.corpus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.seq4j.core.data.CorpusFiles;
import org.seq4j.core.data.CorpusFormat;
import org.seq4j.core.data.Example;
import org.seq4j.core.data.TextValue;
import org.seq4j.core.data.VectorsValue;
import org.seq4j.core.text.FeatureSequence;
import org.seq4j.testkit.CorpusFormatContract;

final class NumpyFormatTest extends CorpusFormatContract {

  @Override
  protected CorpusFormat format() {
    return new NumpyFormat();
  }

  @Override
  protected List<Example> examples() {
    return List.of(example("one", 1, 2, 3, 4.5f), example("two", -5, 6e-8f), example("", 7, 8));
  }

  private static Example example(String target, float... values) {
    return new Example(new VectorsValue(new FeatureSequence(2, values)), new TextValue(target));
  }

  /** Vectors in an archive beside lines of text. */
  @Override
  protected CorpusFiles corpus(List<Example> examples) throws IOException {
    Path archive = folder.resolve("in.npz");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
      for (int i = 0; i < examples.size(); i++) {
        FeatureSequence vectors = ((VectorsValue) examples.get(i).source()).vectors();
        zip.putNextEntry(new ZipEntry("arr_" + i + ".npy"));
        new NumpyArray(new int[] {vectors.length(), 2}, vectors.values()).write(zip);
        zip.closeEntry();
      }
    }
    Files.writeString(
        folder.resolve("out.txt"),
        examples.stream().map(it -> it.target().text() + "\n").collect(Collectors.joining()));
    return new CorpusFiles(
        folder,
        Optional.empty(),
        List.of("in.npz"),
        " ",
        Optional.of("out.txt"),
        false,
        Optional.empty());
  }

  /** An array is read whole or not at all. */
  @Override
  protected Optional<Broken> broken() {
    return Optional.empty();
  }
}
