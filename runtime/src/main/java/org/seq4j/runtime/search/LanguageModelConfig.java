package org.seq4j.runtime.search;

import java.nio.file.Path;
import org.seq4j.core.plugin.Key;

/** A language model whose scores are added in a search. */
public record LanguageModelConfig(
    @Key(
            doc =
                "The folder of the run of a language model. Its vocabulary must be that of the"
                    + " targets: set its target.vocabulary.file to target.vocabulary of this"
                    + " model's run.",
            example = "runs/lm")
        Path run,
    @Key(
            doc =
                "The factor of the language model's log-probabilities, which are added to the"
                    + " scores of this model.",
            defaultValue = "0.3",
            min = 0)
        double weight) {}
