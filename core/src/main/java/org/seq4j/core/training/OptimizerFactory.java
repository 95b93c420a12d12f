package org.seq4j.core.training;

import org.seq4j.core.plugin.ComponentFactory;

/** The service type for optimizers. */
public interface OptimizerFactory<C extends Record> extends ComponentFactory<Optimizer, C> {}
