package org.seq4j.trainer.data;

import org.seq4j.core.data.CorpusFormat;
import org.seq4j.core.data.CorpusFormatFactory;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.ComponentFactory;

/** Makes {@code columns}. */
public final class ColumnsFormatFactory
    implements CorpusFormatFactory<ColumnsFormatFactory.Config> {

  /** It has no keys. */
  public record Config() {}

  @Override
  public String name() {
    return "columns";
  }

  @Override
  public String doc() {
    return "A text file with tabs between columns; source and target are their numbers, from 0. What a file is whose ending no other format has.";
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
    return new ColumnsFormat();
  }
}
