package org.seq4j.core.search;

import org.seq4j.core.plugin.ComponentFactory;

/** Makes constraints of searches from their configuration; a service that plugins provide. */
public interface SearchConstraintFactory<C extends Record>
    extends ComponentFactory<SearchConstraint, C> {}
