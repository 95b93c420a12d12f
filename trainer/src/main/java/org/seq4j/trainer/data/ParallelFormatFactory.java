package org.seq4j.trainer.data;

import org.seq4j.core.data.CorpusFormat;
import org.seq4j.core.data.CorpusFormatFactory;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.ComponentFactory;

/** Makes {@code parallel}. */
public final class ParallelFormatFactory
    implements CorpusFormatFactory<ParallelFormatFactory.Config> {

  /** It has no keys. */
  public record Config() {}

  @Override
  public String name() {
    return "parallel";
  }

  @Override
  public String doc() {
    return "Two text files, line n of one beside line n of the other, packed or not. What source and target are, where file is absent.";
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
    return new ParallelFormat();
  }
}
