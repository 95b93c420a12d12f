package org.seq4j.trainer.data;

import org.seq4j.core.data.CorpusFormat;
import org.seq4j.core.data.CorpusFormatFactory;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.ComponentFactory;

/** Makes {@code json-lines}. */
public final class JsonLinesFormatFactory
    implements CorpusFormatFactory<JsonLinesFormatFactory.Config> {

  /** It has no keys. */
  public record Config() {}

  @Override
  public String name() {
    return "json-lines";
  }

  @Override
  public String doc() {
    return "A JSON object in each line; source and target are keys whose values are text, or lists of text.";
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
    return new JsonLinesFormat();
  }
}
