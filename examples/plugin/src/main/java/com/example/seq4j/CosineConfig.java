package com.example.seq4j;

import org.seq4j.core.config.Key;

/** The keys of the attention {@code cosine}. */
public record CosineConfig(
    @Key(
            doc = "The sharpness before training: larger looks at fewer positions.",
            defaultValue = "5",
            min = 0.01,
            max = 100)
        float sharpness) {}
