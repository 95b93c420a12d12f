package org.seq4j.spark;

import java.io.Serializable;
import java.util.Locale;
import org.seq4j.runtime.graph.scan.Precision;

/**
 * The key of a loaded model: models with equal keys are the same.
 *
 * @param fingerprint fingerprint of the run's archive
 * @param precision name of the precision of products in a search
 * @param threads number of threads; 0 for the number of processors that the JVM sees
 */
record ModelKey(String fingerprint, String precision, int threads) implements Serializable {
  private static final long serialVersionUID = 1L;

  Precision precisionOfSearch() {
    return Precision.valueOf(precision.toUpperCase(Locale.ROOT));
  }
}
