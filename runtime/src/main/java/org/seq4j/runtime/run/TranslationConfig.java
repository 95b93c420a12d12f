package org.seq4j.runtime.run;

import java.util.Set;
import org.seq4j.core.plugin.Key;
import org.seq4j.runtime.model.ModelConfig;
import org.seq4j.runtime.search.SearchConfig;
import org.seq4j.runtime.text.SequenceConfig;

/** The part of an experiment's configuration that inference needs. */
public record TranslationConfig(
    @Key(doc = "The source side.") SequenceConfig source,
    @Key(doc = "The target side.") SequenceConfig target,
    @Key(doc = "The model.") ModelConfig model,
    @Key(doc = "The search for targets.", defaultValue = "{}") SearchConfig search) {

  /** The top-level keys of an experiment's file that are read. */
  public static final Set<String> KEYS = Set.of("source", "target", "model", "search");
}
