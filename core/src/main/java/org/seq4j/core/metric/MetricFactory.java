package org.seq4j.core.metric;

import org.seq4j.core.plugin.ComponentFactory;

/** The service type for metrics. */
public interface MetricFactory<C extends Record> extends ComponentFactory<Metric, C> {}
