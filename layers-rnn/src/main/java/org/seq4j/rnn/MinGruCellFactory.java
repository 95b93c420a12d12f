package org.seq4j.rnn;

import org.seq4j.core.model.Cell;
import org.seq4j.core.model.CellFactory;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.ComponentFactory;

/** The cell {@code min-gru}. */
public final class MinGruCellFactory implements CellFactory<MinGruConfig> {

  @Override
  public String name() {
    return "min-gru";
  }

  @Override
  public String doc() {
    return "A light cell: one gate and no product with the step before (Feng et al. 2024).";
  }

  @Override
  public int apiVersion() {
    return ComponentFactory.API_VERSION;
  }

  @Override
  public Class<MinGruConfig> configType() {
    return MinGruConfig.class;
  }

  @Override
  public Cell create(MinGruConfig config, ComponentContext context) {
    return new MinGruCell();
  }
}
