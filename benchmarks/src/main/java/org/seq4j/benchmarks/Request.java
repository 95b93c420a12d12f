package org.seq4j.benchmarks;

/**
 * A request to a worker.
 *
 * @param call what to do
 * @param weights the file that our side writes and the peer reads
 * @param variant of the peer
 * @param script the peer's model as TorchScript, if the variant needs one
 * @param steps of a training pass, or how often to decode
 * @param rows how many sources to decode together
 * @param beam how many hypotheses each has
 */
record Request(
    Call call,
    Workload workload,
    Architecture architecture,
    Task task,
    Variant variant,
    String weights,
    String script,
    int threads,
    int steps,
    int rows,
    int beam) {

  /** The calls that a worker supports. */
  enum Call {
    /** Builds the model. */
    OPEN,
    /** Makes a step with each batch; values are losses. */
    TRAIN,
    /** Decodes; values are log-probabilities of the best, one step short of the full length. */
    DECODE,
    /** Traces one training step, or the decoding of one batch; the text is a table of ops. */
    PROFILE,
    /** Multiplies matrices; values are GFLOP/s. */
    PEAK
  }

  Request with(Call next, int count, int rowsOfBatch, int size) {
    return new Request(
        next,
        workload,
        architecture,
        task,
        variant,
        weights,
        script,
        threads,
        count,
        rowsOfBatch,
        size);
  }
}
