package org.seq4j.serve;

import com.sun.management.UnixOperatingSystemMXBean;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.function.DoubleSupplier;

/** Metrics of the process, by the names that all exporters of Prometheus use. */
final class ProcessMetrics {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String RESIDENT = "VmRSS:";

  private ProcessMetrics() {}

  static void register(PrometheusRegistry registry) {
    gauge(
        registry,
        "process_start_time_seconds",
        "Start time of the process since the epoch in seconds.",
        () -> ManagementFactory.getRuntimeMXBean().getStartTime() / 1e3);
    gauge(
        registry,
        "seq4j_heap_bytes",
        "Used memory of the Java heap in bytes.",
        () -> ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    if (residentBytes().isPresent()) {
      gauge(
          registry,
          "process_resident_memory_bytes",
          "Resident memory of the process in bytes, native memory included.",
          () -> residentBytes().orElse(0));
    }
    if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
      CounterWithCallback.builder()
          .name("process_cpu_seconds_total")
          .help("Processor time of the process in seconds.")
          .callback(callback -> callback.call(system.getProcessCpuTime() / 1e9))
          .register(registry);
      gauge(
          registry,
          "process_open_fds",
          "Open file descriptors.",
          system::getOpenFileDescriptorCount);
      gauge(
          registry,
          "process_max_fds",
          "Maximum number of open file descriptors.",
          system::getMaxFileDescriptorCount);
    }
  }

  private static void gauge(
      PrometheusRegistry registry, String name, String help, DoubleSupplier value) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .callback(callback -> callback.call(value.getAsDouble()))
        .register(registry);
  }

  /** Returns the resident memory; empty where the system does not tell. */
  private static OptionalLong residentBytes() {
    if (!Files.isReadable(STATUS)) {
      return OptionalLong.empty();
    }
    try {
      return Files.readAllLines(STATUS).stream()
          .filter(line -> line.startsWith(RESIDENT))
          .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst();
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }
}
