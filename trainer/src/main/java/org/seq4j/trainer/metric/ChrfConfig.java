package org.seq4j.trainer.metric;

import org.seq4j.core.config.Key;

/** The keys of {@code chrf}; the defaults are sacreBLEU's. */
public record ChrfConfig(
    @Key(doc = "The longest n-grams of characters.", defaultValue = "6", min = 1, max = 20)
        int characterOrder,
    @Key(
            doc = "The longest n-grams of words; 2 makes it chrF++.",
            defaultValue = "0",
            min = 0,
            max = 20)
        int wordOrder,
    @Key(
            doc = "How much more recall counts than precision.",
            defaultValue = "2",
            min = 1,
            max = 100)
        int beta,
    @Key(doc = "Whether case does not count.", defaultValue = "false") boolean lowercase,
    @Key(doc = "Whether white space counts as characters.", defaultValue = "false")
        boolean whitespace,
    @Key(
            doc =
                "Whether orders that a text is too short for are left out; if not, they count as"
                    + " zero.",
            defaultValue = "true")
        boolean effectiveOrder) {}
