package org.seq4j.runtime.graph.scan;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.seq4j.core.graph.Scope;

/**
 * One use of {@link Scope#linear} in the body of a scan, as the first trace found it.
 *
 * @param linear what is multiplied by
 * @param outer for each of its inputs, the name of the scan's input that it is, if it is one: those
 *     products are taken before the loop
 * @param innerState the name of the state that its only other input is, if so: the state is kept
 *     for the way back anyway
 */
record Product(Linear linear, List<Optional<String>> outer, Optional<String> innerState) {

  /** The positions of the inputs that are known before the loop. */
  List<Integer> outerInputs() {
    return positions(true);
  }

  /** The positions of the inputs that are computed in the loop. */
  List<Integer> innerInputs() {
    return positions(false);
  }

  boolean hasOuter() {
    return !outerInputs().isEmpty();
  }

  boolean hasInner() {
    return !innerInputs().isEmpty();
  }

  /** The size of the inner inputs together. */
  long innerDepth() {
    return innerInputs().stream().mapToLong(i -> linear.depths().get(i)).sum();
  }

  private List<Integer> positions(boolean wanted) {
    return IntStream.range(0, outer.size())
        .filter(i -> outer.get(i).isPresent() == wanted)
        .boxed()
        .toList();
  }
}
