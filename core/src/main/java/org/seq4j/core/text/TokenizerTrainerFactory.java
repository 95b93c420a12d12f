package org.seq4j.core.text;

import org.seq4j.core.plugin.ComponentFactory;

/** The service type for what trains tokenizers. */
public interface TokenizerTrainerFactory<C extends Record>
    extends ComponentFactory<TokenizerTrainer, C> {}
