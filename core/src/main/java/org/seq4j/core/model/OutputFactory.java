package org.seq4j.core.model;

import org.seq4j.core.plugin.ComponentFactory;

/** The service type for output layers. */
public interface OutputFactory<C extends Record> extends ComponentFactory<OutputLayer, C> {}
