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

/** Metrics of the server, for Prometheus. */
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
          .help("Duration of requests in seconds.")
          .labelNames("path")
          .classicOnly()
          .classicUpperBounds(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
          .register(registry);
  private final Counter texts =
      Counter.builder()
          .name("seq4j_texts_total")
          .help("Texts by model and kind of work (translate, score).")
          .labelNames("model", "work")
          .register(registry);

  /**
   * Creates metrics that are zero.
   *
   * @param working returns the number of requests being processed or queued
   */
  ServerMetrics(Map<String, ServedModel> models, IntSupplier working) {
    GaugeWithCallback.builder()
        .name("seq4j_requests_in_progress")
        .help("Requests being processed or queued.")
        .callback(callback -> callback.call(working.getAsInt()))
        .register(registry);
    GaugeWithCallback.builder()
        .name("seq4j_batches")
        .help("Batches since the model was loaded.")
        .labelNames("model")
        .callback(
            callback ->
                models.forEach(
                    (name, model) -> callback.call((double) batches(model).count(), name)))
        .register(registry);
    GaugeWithCallback.builder()
        .name("seq4j_batched_texts")
        .help("Texts in these batches.")
        .labelNames("model")
        .callback(
            callback ->
                models.forEach(
                    (name, model) -> callback.call((double) batches(model).texts(), name)))
        .register(registry);
    GaugeWithCallback.builder()
        .name("seq4j_heap_bytes")
        .help("Used memory of the Java heap in bytes.")
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
   * Counts a request.
   *
   * @param path one of the known paths, never a path that a caller made up
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

  /** Returns all metrics in Prometheus' text format. */
  byte[] text() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      PrometheusTextFormatWriter.create().write(out, registry.scrape());
    } catch (IOException e) { // cannot happen in memory
      throw new IllegalStateException(e);
    }
    return out.toByteArray();
  }
}
