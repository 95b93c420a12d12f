package org.seq4j.rnn;

import org.seq4j.core.model.Cell;
import org.seq4j.core.model.CellFactory;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.ComponentFactory;

/** The cell {@code gru}. */
public final class GruCellFactory implements CellFactory<GruConfig> {

  @Override
  public String name() {
    return "gru";
  }

  @Override
  public String doc() {
    return "The gated recurrent unit (Cho et al. 2014), with the reset gate before"
        + " or after the product.";
  }

  @Override
  public int apiVersion() {
    return ComponentFactory.API_VERSION;
  }

  @Override
  public Class<GruConfig> configType() {
    return GruConfig.class;
  }

  @Override
  public Cell create(GruConfig config, ComponentContext context) {
    return new GruCell(config);
  }
}
