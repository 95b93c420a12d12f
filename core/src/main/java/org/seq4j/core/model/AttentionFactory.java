package org.seq4j.core.model;

import org.seq4j.core.plugin.ComponentFactory;

/** The service type for attention mechanisms. */
public interface AttentionFactory<C extends Record>
    extends ComponentFactory<AttentionMechanism, C> {}
