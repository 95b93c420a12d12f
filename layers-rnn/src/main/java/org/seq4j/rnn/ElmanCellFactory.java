package org.seq4j.rnn;

import org.seq4j.core.model.Cell;
import org.seq4j.core.model.CellFactory;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.ComponentFactory;

/** The cell {@code rnn}. */
public final class ElmanCellFactory implements CellFactory<ElmanConfig> {

  @Override
  public String name() {
    return "rnn";
  }

  @Override
  public String doc() {
    return "The simple recurrent layer: one product and a function (Elman 1990).";
  }

  @Override
  public int apiVersion() {
    return ComponentFactory.API_VERSION;
  }

  @Override
  public Class<ElmanConfig> configType() {
    return ElmanConfig.class;
  }

  @Override
  public Cell create(ElmanConfig config, ComponentContext context) {
    return new ElmanCell(config);
  }
}
