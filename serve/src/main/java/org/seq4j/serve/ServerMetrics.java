package org.seq4j.serve;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** Metrics of the server, for Prometheus. A request without a model has an empty label of it. */
final class ServerMetrics {
  private static final String MODEL = "model";

  /** The code of errors that are the server's own fault. */
  private static final String FAILED = "failed";

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final Counter requests =
      Counter.builder()
          .name("seq4j_requests_total")
          .help("Requests by path, model and status.")
          .labelNames("path", MODEL, "status")
          .register(registry);
  private final Counter refused =
      Counter.builder()
          .name("seq4j_refused_requests_total")
          .help("Requests without a result that are not failures, by model and code of the error.")
          .labelNames(MODEL, "code")
          .register(registry);
  private final Counter texts =
      Counter.builder()
          .name("seq4j_texts_total")
          .help("Texts by model and kind of work (translate, score).")
          .labelNames(MODEL, "work")
          .register(registry);
  private final Histogram requestSeconds =
      histogram("seq4j_request_seconds", "Duration of requests in seconds.", "path", MODEL);
  private final Histogram queueSeconds =
      histogram("seq4j_queue_seconds", "Time of requests before their computation.", MODEL);
  private final Histogram modelSeconds =
      histogram("seq4j_model_seconds", "Time of requests in the model.", MODEL);

  /** Creates metrics that are zero. */
  ServerMetrics(ModelCatalog models, RequestQueue queue) {
    GaugeWithCallback.builder()
        .name("seq4j_requests_in_progress")
        .help("Requests to models being processed or queued.")
        .callback(callback -> callback.call(queue.taken()))
        .register(registry);
    GaugeWithCallback.builder()
        .name("seq4j_model_loaded")
        .help("1 if the model is loaded, otherwise 0.")
        .labelNames(MODEL)
        .callback(
            callback -> models.all().forEach(it -> callback.call(it.isLoaded() ? 1 : 0, it.name())))
        .register(registry);
    countByModel(
        models,
        "seq4j_batches_total",
        "Batches that the model computed.",
        model -> model.batches().count());
    countByModel(
        models,
        "seq4j_batched_texts_total",
        "Texts in these batches.",
        model -> model.batches().texts());
    Info build =
        Info.builder()
            .name("seq4j_build_info")
            .help("The versions of Seq4j and Java.")
            .labelNames("version", "java")
            .register(registry);
    build.addLabelValues(
        Optional.ofNullable(ServerMetrics.class.getPackage().getImplementationVersion())
            .orElse("unknown"),
        System.getProperty("java.version"));
    ProcessMetrics.register(registry);
  }

  private Histogram histogram(String name, String help, String... labels) {
    return Histogram.builder()
        .name(name)
        .help(help)
        .labelNames(labels)
        .classicOnly()
        .classicUpperBounds(
            0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
        .register(registry);
  }

  private void countByModel(
      ModelCatalog models, String name, String help, ToLongFunction<ServedModel> count) {
    CounterWithCallback.builder()
        .name(name)
        .help(help)
        .labelNames(MODEL)
        .callback(
            callback ->
                models
                    .all()
                    .forEach(it -> callback.call((double) count.applyAsLong(it), it.name())))
        .register(registry);
  }

  /**
   * Counts a request.
   *
   * @param path one of the known paths, never a path that a caller made up
   */
  void request(String path, Call call, Answer answer, double seconds) {
    String model = call.model().orElse("");
    requests.labelValues(path, model, Integer.toString(answer.status())).inc();
    requestSeconds.labelValues(path, model).observe(seconds);
    answer
        .code()
        .filter(code -> !code.equals(FAILED))
        .ifPresent(code -> refused.labelValues(model, code).inc());
    call.work()
        .ifPresent(
            work -> {
              texts.labelValues(model, work.kind()).inc(work.texts());
              queueSeconds.labelValues(model).observe(work.queueSeconds());
              modelSeconds.labelValues(model).observe(work.modelSeconds());
            });
  }

  /**
   * Returns all metrics.
   *
   * @param accept the header Accept of the request; null if there is none
   */
  Answer answer(String accept) {
    OpenMetricsTextFormatWriter open = OpenMetricsTextFormatWriter.create();
    ExpositionFormatWriter writer =
        open.accepts(accept) ? open : PrometheusTextFormatWriter.create();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      writer.write(out, registry.scrape(), EscapingScheme.DEFAULT);
    } catch (IOException e) { // cannot happen in memory
      throw new IllegalStateException(e);
    }
    return Answer.of(writer.getContentType(), out.toByteArray());
  }
}
