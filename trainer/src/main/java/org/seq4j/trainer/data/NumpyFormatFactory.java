package org.seq4j.trainer.data;

import org.seq4j.core.data.CorpusFormat;
import org.seq4j.core.data.CorpusFormatFactory;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.ComponentFactory;

/** Makes {@code numpy}. */
public final class NumpyFormatFactory implements CorpusFormatFactory<NumpyFormatFactory.Config> {

  /** It has no keys. */
  public record Config() {}

  @Override
  public String name() {
    return "numpy";
  }

  @Override
  public String doc() {
    return "An array of NumPy's for each side, or one and a text file: .npy of [sequences, vectors, numbers], or .npz with an array [vectors, numbers] a sequence.";
  }

  @Override
  public int apiVersion() {
    return ComponentFactory.API_VERSION;
  }

  @Override
  public Class<Config> configType() {
    return Config.class;
  }

  @Override
  public CorpusFormat create(Config config, ComponentContext context) {
    return new NumpyFormat();
  }
}
