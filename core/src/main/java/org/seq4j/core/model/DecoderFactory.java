package org.seq4j.core.model;

import org.seq4j.core.plugin.ComponentFactory;

/** The service type for decoders. */
public interface DecoderFactory<C extends Record> extends ComponentFactory<Decoder, C> {}
