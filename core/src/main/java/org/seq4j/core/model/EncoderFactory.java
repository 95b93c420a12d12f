package org.seq4j.core.model;

import org.seq4j.core.plugin.ComponentFactory;

/** The service type for encoders. */
public interface EncoderFactory<C extends Record> extends ComponentFactory<Encoder, C> {}
