package org.seq4j.serve;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.seq4j.core.data.ExampleValue;
import org.seq4j.runtime.search.Ending;
import org.seq4j.runtime.search.SearchConfig;
import org.seq4j.runtime.translate.Translation;
import org.seq4j.runtime.translate.TranslationRequest;
import org.seq4j.runtime.translate.Translator;

/** Translations of the texts of a call, in time. */
final class Translations {
  static final String TRANSLATE = "translate";
  private static final double NANOS = 1e9;

  private Translations() {}

  /**
   * Translates sources together, and takes a note of the time that it took.
   *
   * @throws ApiError if it takes longer than the deadline of the call
   */
  static List<Translation> of(
      Call call,
      Translator translator,
      List<ExampleValue> sources,
      SearchConfig search,
      boolean attention) {
    List<TranslationRequest> requests = new ArrayList<>();
    for (ExampleValue source : sources) {
      requests.add(
          new TranslationRequest(
              source,
              search,
              attention,
              requests.size(),
              Optional.of(soFar -> call.deadline().isAhead())));
    }
    Translator.Timed timed = translator.translateTimed(requests);
    call.worked(
        new Call.Work(
            TRANSLATE, sources.size(), seconds(timed.queued()), seconds(timed.computed())));
    for (Translation translation : timed.translations()) {
      if (translation.best().ending() == Ending.STOPPED) {
        throw Deadline.missed();
      }
    }
    return timed.translations();
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / NANOS;
  }

  /** Takes a note of work that did not wait for other requests. */
  static void worked(Call call, String kind, int texts, long begun) {
    call.worked(new Call.Work(kind, texts, 0, (System.nanoTime() - begun) / NANOS));
  }
}
