package org.seq4j.runtime.translate;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seq4j.core.data.ExampleValue;
import org.seq4j.core.text.FeatureSequence;
import org.seq4j.core.text.SequenceData;
import org.seq4j.core.text.Token;
import org.seq4j.runtime.codec.FeatureCodec;
import org.seq4j.runtime.inference.Sources;
import org.seq4j.runtime.inference.VectorPredictor;
import org.seq4j.runtime.search.Ending;
import org.seq4j.runtime.search.SearchConfig;

/**
 * A target side of vectors, which are generated.
 *
 * @param generatedLength number of vectors of each target; if empty, the number of source positions
 */
record VectorSide(VectorPredictor predictor, FeatureCodec codec, Optional<Integer> generatedLength)
    implements TargetSide {

  @Override
  public ReadSource copyable(ReadSource source) {
    return source;
  }

  @Override
  public SequenceData encode(ReadSource source, ExampleValue target) {
    return codec.encode(target);
  }

  @Override
  public List<List<Translation.Candidate>> predict(
      Sources sources, List<ReadRequest> requests, Map<String, String> lexicon) {
    int[] lengths =
        requests.stream()
            .mapToInt(it -> generatedLength.orElse(it.source().data().length()))
            .toArray();
    return predictor.generate(sources, lengths).stream()
        .map(vectors -> List.of(candidate(vectors)))
        .toList();
  }

  private static Translation.Candidate candidate(FeatureSequence vectors) {
    return new Translation.Candidate(
        vectors.text(),
        vectors.texts().stream().map(vector -> new Token(vector, 0, 0)).toList(),
        0,
        0,
        Ending.END,
        new float[0][],
        Optional.of(vectors),
        Optional.empty());
  }

  @Override
  public List<String> warnings(SearchConfig search) {
    return List.of();
  }

  @Override
  public TokenSide searched() {
    throw new IllegalStateException("targets of vectors are generated without a search");
  }
}
