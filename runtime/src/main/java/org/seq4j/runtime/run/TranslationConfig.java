package org.seq4j.runtime.run;

import java.util.Set;
import org.seq4j.core.plugin.Key;
import org.seq4j.runtime.model.ModelConfig;
import org.seq4j.runtime.search.SearchConfig;
import org.seq4j.runtime.text.SequenceConfig;

/** The part of an experiment's configuration that using its model takes. */
public record TranslationConfig(
    @Key(doc = "What the source consists of.") SequenceConfig source,
    @Key(doc = "What the target consists of.") SequenceConfig target,
    @Key(doc = "What the model consists of.") ModelConfig model,
    @Key(doc = "How targets are searched for.", defaultValue = "{}") SearchConfig search) {

  /** The keys of an experiment's file that are read. */
  public static final Set<String> KEYS = Set.of("source", "target", "model", "search");
}
