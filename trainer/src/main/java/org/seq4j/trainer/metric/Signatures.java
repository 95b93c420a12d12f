package org.seq4j.trainer.metric;

import java.util.List;
import java.util.stream.IntStream;
import org.seq4j.core.metric.Metric.Sample;

/** Signatures in sacreBLEU's format. */
final class Signatures {

  /** The version of sacreBLEU that our scores are tested against. */
  private static final String VERSION = "version:2.6.0";

  private Signatures() {}

  static String of(List<String> parts) {
    return String.join("|", parts) + "|" + VERSION;
  }

  /** Returns "nrefs:1", or "nrefs:var" where samples have different numbers of references. */
  static String references(List<Sample> samples) {
    IntStream counts = samples.stream().mapToInt(sample -> sample.references().size()).distinct();
    int[] different = counts.limit(2).toArray();
    return "nrefs:" + (different.length == 1 ? Integer.toString(different[0]) : "var");
  }
}
