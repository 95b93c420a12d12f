package org.seq4j.attention;

import org.seq4j.core.model.AttentionFactory;
import org.seq4j.core.model.AttentionMechanism;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.ComponentFactory;

/** The attention {@code bahdanau}. */
public final class BahdanauFactory implements AttentionFactory<BahdanauConfig> {

  @Override
  public String name() {
    return "bahdanau";
  }

  @Override
  public String doc() {
    return "Additive attention: a small layer compares the query with each "
        + "position (Bahdanau et al. 2015, section 3.1 and appendix A.1.2). A "
        + "query needs nothing of the one before.";
  }

  @Override
  public int apiVersion() {
    return ComponentFactory.API_VERSION;
  }

  @Override
  public Class<BahdanauConfig> configType() {
    return BahdanauConfig.class;
  }

  @Override
  public AttentionMechanism create(BahdanauConfig config, ComponentContext context) {
    return new Bahdanau(config);
  }
}
