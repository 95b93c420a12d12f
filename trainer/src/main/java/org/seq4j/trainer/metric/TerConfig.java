package org.seq4j.trainer.metric;

import org.seq4j.core.config.Key;

/** The keys of {@code ter}; the defaults are sacreBLEU's and Tercom's. */
public record TerConfig(
    @Key(doc = "Whether punctuation is split off words.", defaultValue = "false")
        boolean normalized,
    @Key(doc = "Whether punctuation counts.", defaultValue = "true") boolean punctuation,
    @Key(
            doc = "With normalized: whether Chinese and Japanese characters are words each.",
            defaultValue = "false")
        boolean asianSupport,
    @Key(doc = "Whether case counts.", defaultValue = "false") boolean caseSensitive) {}
