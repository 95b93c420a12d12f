package org.seq4j.core.run;

import java.util.Set;
import org.seq4j.core.config.Key;
import org.seq4j.core.model.ModelConfig;
import org.seq4j.core.search.SearchConfig;
import org.seq4j.core.text.SequenceConfig;

/** The part of an experiment's configuration that using its model takes. */
public record TranslationConfig(
    @Key(doc = "What the source consists of.") SequenceConfig source,
    @Key(doc = "What the target consists of.") SequenceConfig target,
    @Key(doc = "What the model consists of.") ModelConfig model,
    @Key(doc = "How targets are searched for.", defaultValue = "{}") SearchConfig search) {

  /** The keys of an experiment's file that are read. */
  static final Set<String> KEYS = Set.of("source", "target", "model", "search");
}
