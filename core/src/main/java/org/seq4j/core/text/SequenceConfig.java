package org.seq4j.core.text;

import org.seq4j.core.config.Key;
import org.seq4j.core.plugin.Component;

/** What the source or the target consists of. */
public record SequenceConfig(
    @Key(doc = "What a line holds: text is cut into symbols.", defaultValue = "text") Type type,
    @Key(doc = "Cuts a line into symbols.", defaultValue = "whitespace")
        Component<Tokenizer> tokenizer,
    @Key(doc = "Which symbols the model knows.", defaultValue = "{}") VocabularyConfig vocabulary,
    @Key(
            doc =
                "The largest number of symbols. A longer training pair is left out; a longer source"
                    + " is cut when the model is used.",
            defaultValue = "200",
            min = 1)
        int maxLength) {

  /** What a line holds. */
  public enum Type {
    /** Text. */
    TEXT
  }
}
