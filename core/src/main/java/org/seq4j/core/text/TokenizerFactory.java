package org.seq4j.core.text;

import org.seq4j.core.plugin.ComponentFactory;

/** The service type for tokenizers. */
public interface TokenizerFactory<C extends Record> extends ComponentFactory<Tokenizer, C> {}
