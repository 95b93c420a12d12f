package org.seq4j.spark;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.api.java.function.PairFunction;
import org.seq4j.trainer.training.step.RunningMean;
import scala.Tuple2;

/**
 * The mean of a slice of the workers' variables, summed in their order. Shuffled values come in any
 * order, so that each begins with the number of its worker. Results of workers pass unchanged.
 */
final class SliceMean implements PairFunction<Tuple2<Integer, Iterable<byte[]>>, Integer, byte[]> {
  private static final long serialVersionUID = 1L;

  private final int slices;

  SliceMean(int slices) {
    this.slices = slices;
  }

  @Override
  public Tuple2<Integer, byte[]> call(Tuple2<Integer, Iterable<byte[]>> slice) {
    if (slice._1() >= slices) {
      return new Tuple2<>(slice._1(), slice._2().iterator().next());
    }
    List<ByteBuffer> workers = new ArrayList<>();
    slice._2().forEach(bytes -> workers.add(ByteBuffer.wrap(bytes)));
    workers.sort(Comparator.comparingInt(it -> it.getInt(0)));
    int bytes = workers.get(0).capacity() - Integer.BYTES;
    RunningMean mean = new RunningMean(bytes / Float.BYTES);
    workers.forEach(it -> mean.add(it.position(Integer.BYTES).slice().asFloatBuffer()));
    ByteBuffer written = ByteBuffer.allocate(bytes);
    written.asFloatBuffer().put(mean.get());
    return new Tuple2<>(slice._1(), written.array());
  }
}
