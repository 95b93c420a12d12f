package org.seq4j.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TString;

/**
 * Answers of a saved model, which plain TensorFlow runs.
 *
 * @param texts tokens, separated by spaces
 * @param scores log-probabilities
 */
record SavedAnswers(List<String> texts, List<Float> scores) {

  /** Loads a model and calls it once. */
  static SavedAnswers of(Path model, List<String> sources) {
    try (SavedModelBundle bundle = SavedModelBundle.load(model.toString(), "serve")) {
      return of(bundle, sources);
    }
  }

  /**
   * Calls a model.
   *
   * @param sources source tokens, separated by spaces
   */
  static SavedAnswers of(SavedModelBundle bundle, List<String> sources) {
    try (TString given = TString.vectorOf(sources.toArray(String[]::new));
        Result result = bundle.function("serving_default").call(Map.of("text", given))) {
      TString said = (TString) result.get("text").orElseThrow();
      TFloat32 scored = (TFloat32) result.get("score").orElseThrow();
      List<String> texts = new ArrayList<>();
      List<Float> scores = new ArrayList<>();
      for (int i = 0; i < sources.size(); i++) {
        texts.add(said.getObject(i));
        scores.add(scored.getFloat(i));
      }
      return new SavedAnswers(texts, scores);
    }
  }

  /** Separates the letters of each text by spaces. */
  static List<String> spelled(List<String> texts) {
    return texts.stream().map(text -> String.join(" ", text.split("", -1)).strip()).toList();
  }
}
