package org.seq4j.trainer.data.corpus;

import java.nio.file.Path;
import java.util.List;
import org.seq4j.core.data.CorpusFiles;
import org.seq4j.core.data.CorpusFormat;
import org.seq4j.core.data.ExampleReader;

/**
 * The format of two files of which at least one is a NumPy file: sequence n of one belongs to
 * sequence or line n of the other.
 */
public final class NumpyFormat implements CorpusFormat {

  @Override
  public List<String> extensions() {
    return List.of(".npy", ".npz");
  }

  @Override
  public void check(CorpusFiles files) {
    ParallelFormat.checkFiles(files);
  }

  @Override
  public List<Path> files(CorpusFiles files) {
    return ParallelReader.files(files);
  }

  @Override
  public ExampleReader open(CorpusFiles files) {
    return new ParallelReader(files);
  }
}
