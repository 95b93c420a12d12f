package org.seq4j.serve;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Is told the best text so far as a search goes on. */
@FunctionalInterface
interface ProgressListener {

  /** Tells it; whether somebody still listens. */
  boolean onProgress(ObjectNode soFar);
}
