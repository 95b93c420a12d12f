package org.seq4j.trainer.evaluation;

import java.util.Optional;
import org.seq4j.trainer.metric.SlotValues;

/**
 * The form of a dialogue system's actions in a source, such as "INFORM rating = 4.0 ; REQ_MORE".
 *
 * @param values the values of the actions
 * @param separator the text before the actions, which are the last column of a source; empty if the
 *     whole source consists of actions
 */
public record ActionFormat(SlotValues values, Optional<String> separator) {

  /** Returns the actions of a source. */
  String actions(String source) {
    int before = separator.map(source::lastIndexOf).orElse(-1);
    return before < 0 ? source : source.substring(before + separator.orElseThrow().length());
  }
}
