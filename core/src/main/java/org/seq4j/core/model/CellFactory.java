package org.seq4j.core.model;

import org.seq4j.core.plugin.ComponentFactory;

/** The service type for recurrent cells. */
public interface CellFactory<C extends Record> extends ComponentFactory<Cell, C> {}
