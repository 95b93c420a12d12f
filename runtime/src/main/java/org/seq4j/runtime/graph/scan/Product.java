package org.seq4j.runtime.graph.scan;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.seq4j.core.graph.Scope;

/**
 * A use of {@link Scope#linear} in the body of a scan, found by the first trace.
 *
 * @param linear the linear map
 * @param outer for each input, the name of the input of the scan that it is, if any; these products
 *     are computed before the loop
 * @param innerState the name of the state, if its only other input is a state, which is saved for
 *     the backward pass anyway
 */
record Product(Linear linear, List<Optional<String>> outer, Optional<String> innerState) {

  /** Returns the indices of the inputs that are known before the loop. */
  List<Integer> outerInputs() {
    return positions(true);
  }

  /** Returns the indices of the inputs that are computed in the loop. */
  List<Integer> innerInputs() {
    return positions(false);
  }

  boolean hasOuter() {
    return !outerInputs().isEmpty();
  }

  boolean hasInner() {
    return !innerInputs().isEmpty();
  }

  /** The total size of the inner inputs. */
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
