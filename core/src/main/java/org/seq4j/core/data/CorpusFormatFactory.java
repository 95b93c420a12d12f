package org.seq4j.core.data;

import org.seq4j.core.plugin.ComponentFactory;

/** The service type for formats of corpora. */
public interface CorpusFormatFactory<C extends Record> extends ComponentFactory<CorpusFormat, C> {}
