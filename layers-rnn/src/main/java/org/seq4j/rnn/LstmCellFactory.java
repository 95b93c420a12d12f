package org.seq4j.rnn;

import org.seq4j.core.model.Cell;
import org.seq4j.core.model.CellFactory;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.ComponentFactory;

/** The cell {@code lstm}. */
public final class LstmCellFactory implements CellFactory<LstmConfig> {

  @Override
  public String name() {
    return "lstm";
  }

  @Override
  public String doc() {
    return "Long short-term memory (Hochreiter and Schmidhuber 1997) with forget "
        + "gates (Gers et al. 2000).";
  }

  @Override
  public int apiVersion() {
    return ComponentFactory.API_VERSION;
  }

  @Override
  public Class<LstmConfig> configType() {
    return LstmConfig.class;
  }

  @Override
  public Cell create(LstmConfig config, ComponentContext context) {
    return new LstmCell(config);
  }
}
