package org.seq4j.serve;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.function.IntSupplier;
import org.seq4j.runtime.translate.Translator;

/** What the server has done, as Prometheus reads it. */
final class ServerMetrics {
  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final Counter requests =
      Counter.builder()
          .name("seq4j_requests_total")
          .help("Requests by path and status.")
          .labelNames("path", "status")
          .register(registry);
  private final Histogram seconds =
      Histogram.builder()
          .name("seq4j_request_seconds")
          .help("How long requests took.")
          .labelNames("path")
          .classicOnly()
          .classicUpperBounds(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
          .register(registry);
  private final Counter texts =
      Counter.builder()
          .name("seq4j_texts_total")
          .help("Texts by model and what was done with them.")
          .labelNames("model", "work")
          .register(registry);

  /**
   * Begins with nothing.
   *
   * @param working how many requests are worked at or wait
   */
  ServerMetrics(Map<String, ServedModel> models, IntSupplier working) {
    GaugeWithCallback.builder()
        .name("seq4j_requests_in_progress")
        .help("Requests that are worked at or wait.")
        .callback(callback -> callback.call(working.getAsInt()))
        .register(registry);
    GaugeWithCallback.builder()
        .name("seq4j_batches")
        .help("How often texts went through a model together since it was loaded.")
        .labelNames("model")
        .callback(
            callback ->
                models.forEach(
                    (name, model) -> callback.call((double) batches(model).count(), name)))
        .register(registry);
    GaugeWithCallback.builder()
        .name("seq4j_batched_texts")
        .help("How many texts these were.")
        .labelNames("model")
        .callback(
            callback ->
                models.forEach(
                    (name, model) -> callback.call((double) batches(model).texts(), name)))
        .register(registry);
    GaugeWithCallback.builder()
        .name("seq4j_heap_bytes")
        .help("Memory in use of Java's heap.")
        .callback(
            callback -> {
              Runtime runtime = Runtime.getRuntime();
              callback.call((double) (runtime.totalMemory() - runtime.freeMemory()));
            })
        .register(registry);
  }

  private static Translator.Batches batches(ServedModel model) {
    try (ServedModel.Use use = model.use()) {
      return use.translator().batches();
    }
  }

  /**
   * Notes a request.
   *
   * @param path one of those that there are, not what a caller wrote
   */
  void request(String path, int status, double took) {
    requests.labelValues(path, Integer.toString(status)).inc();
    seconds.labelValues(path).observe(took);
  }

  void translated(String model, int count) {
    texts.labelValues(model, "translate").inc(count);
  }

  void scored(String model, int count) {
    texts.labelValues(model, "score").inc(count);
  }

  /** All of it, in Prometheus' text format. */
  byte[] text() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      PrometheusTextFormatWriter.create().write(out, registry.scrape());
    } catch (IOException e) { // in memory
      throw new IllegalStateException(e);
    }
    return out.toByteArray();
  }
}
