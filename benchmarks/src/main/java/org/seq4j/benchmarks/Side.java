package org.seq4j.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A process that takes part in a case, and what was measured of it. */
final class Side implements AutoCloseable {
  final String label;
  final Variant variant;
  final List<Double> batch = new ArrayList<>(); // milliseconds of a step, or of a decoded batch
  final List<Double> greedy = new ArrayList<>(); // milliseconds of a sentence
  final List<Double> beam = new ArrayList<>();
  private final WorkerProcess process;
  private final Request request;
  private long megabytes;

  Side(String label, WorkerProcess process, Request request) {
    this.label = label;
    this.variant = request.variant();
    this.process = process;
    this.request = request;
  }

  /** Builds the model; gives the versions of what it runs on. */
  String open() throws IOException {
    return process.ask(request).text();
  }

  /** A pass of training steps; gives their losses. */
  List<Double> train(boolean measured) throws IOException {
    Reply reply = ask(Request.Call.TRAIN, 0, 0, 0);
    if (measured) {
      // One figure for all batches where they differ, for a median would be that of one length.
      if (request.workload().oneLength()) {
        batch.addAll(reply.milliseconds());
      } else {
        batch.add(Statistics.mean(reply.milliseconds()));
      }
    }
    return reply.values();
  }

  /** A batch, and sentences alone; gives log-probabilities of the batch. */
  List<Double> decode(boolean measured, int steps) throws IOException {
    Reply whole =
        ask(
            Request.Call.DECODE,
            measured ? Math.max(1, steps / 3) : 2,
            request.workload().batch,
            5);
    Reply one = ask(Request.Call.DECODE, steps, 1, 1);
    Reply oneOfFive = ask(Request.Call.DECODE, steps, 1, 5);
    if (measured) {
      batch.addAll(whole.milliseconds());
      greedy.addAll(one.milliseconds());
      beam.addAll(oneOfFive.milliseconds());
    }
    return whole.values();
  }

  private Reply ask(Request.Call call, int count, int rows, int beamSize) throws IOException {
    Reply reply = process.ask(request.with(call, count, rows, beamSize));
    megabytes = reply.megabytes();
    return reply;
  }

  double milliseconds() {
    return Statistics.median(batch);
  }

  long megabytes() {
    return megabytes;
  }

  @Override
  public void close() throws IOException {
    process.close();
  }
}
