package org.seq4j.serve;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Receives the best text so far during a search. */
@FunctionalInterface
interface ProgressListener {

  /** Handles a text; returns false if nobody receives it any more, to stop the search. */
  boolean onProgress(ObjectNode soFar);
}
