package org.seq4j.benchmarks;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.seq4j.runtime.weights.SafeTensors;

/** DJL on libtorch. */
final class PeerWorker implements Worker {
  private final NDManager manager = NDManager.newBaseManager("PyTorch");
  private PeerModel model;
  private List<PeerBatch> batches;

  private PeerWorker() {}

  public static void main(String[] arguments) throws IOException {
    Worker.serve(new PeerWorker());
  }

  @Override
  public Reply answer(Request request) throws Exception {
    JniUtils.setNumThreads(request.threads());
    return switch (request.call()) {
      case OPEN -> open(request);
      case TRAIN -> train();
      case DECODE -> decode(request);
      case PROFILE -> throw new IllegalArgumentException("only Seq4j is profiled");
      case PEAK -> peak();
    };
  }

  private Reply open(Request request) throws Exception {
    Workload workload = request.workload();
    Weights weights = new Weights(SafeTensors.read(Path.of(request.weights())).arrays(), workload);
    model =
        request.variant() == Variant.BLOCKS
            ? new PeerBlocks(workload, request.architecture() == Architecture.FEEDING, weights)
            : new PeerScript(
                manager, Path.of(request.script()), weights.ofScript(request.architecture()));
    if (request.task() == Task.TRAIN) {
      batches =
          Examples.batches(workload, request.steps()).stream()
              .map(batch -> PeerBatch.of(manager, batch))
              .toList();
    }
    return Reply.of(version(), List.of(), List.of());
  }

  private Reply train() {
    List<Double> milliseconds = new ArrayList<>();
    List<Double> losses = new ArrayList<>();
    for (PeerBatch batch : batches) {
      long start = System.nanoTime();
      double loss = model.step(batch);
      milliseconds.add((System.nanoTime() - start) / 1e6);
      losses.add(loss);
    }
    return Reply.of("", milliseconds, losses);
  }

  private Reply decode(Request request) {
    PeerBatch batch =
        PeerBatch.ofSources(manager, Examples.sources(request.workload(), request.rows()));
    int steps = (int) batch.ids().getShape().get(1);
    List<Double> milliseconds = new ArrayList<>();
    for (int i = 0; i < request.steps(); i++) {
      long start = System.nanoTime();
      model.decode(batch, steps, request.beam());
      milliseconds.add((System.nanoTime() - start) / 1e6);
    }
    List<Double> scores = new ArrayList<>();
    for (float score : model.decode(batch, steps - 1, request.beam())) {
      scores.add((double) score);
    }
    return Reply.of("", milliseconds, scores);
  }

  private Reply peak() {
    int size = 1024;
    List<Double> figures = new ArrayList<>();
    try (NDManager own = manager.newSubManager()) {
      NDArray matrix = own.randomNormal(new Shape(size, size));
      for (int i = 0; i < 60; i++) {
        long start = System.nanoTime();
        matrix.matMul(matrix).close();
        figures.add(2.0 * size * size * size / (System.nanoTime() - start));
      }
    }
    return Reply.of(version(), List.of(), figures.subList(20, figures.size()));
  }

  private static String version() {
    return "%s, DJL %s".formatted(Engine.getEngine("PyTorch").getVersion(), Engine.getDjlVersion());
  }
}
