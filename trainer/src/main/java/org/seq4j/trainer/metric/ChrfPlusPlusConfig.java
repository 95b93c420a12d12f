package org.seq4j.trainer.metric;

import org.seq4j.core.config.Key;

/** The keys of {@code chrf++}. */
public record ChrfPlusPlusConfig(
    @Key(doc = "Whether case does not count.", defaultValue = "false") boolean lowercase) {}
