package org.seq4j.runtime.graph;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.proto.DeviceStepStats;
import org.tensorflow.proto.NodeExecStats;
import org.tensorflow.proto.RunOptions;

/**
 * Measures the time of a graph's runs by op while it is open. Runs are slower and sequential
 * meanwhile: the times show proportions, not speed.
 */
public final class Profile implements AutoCloseable {
  private static final Pattern OP = Pattern.compile("= (\\w+)\\(");
  private final Runnable end;
  private int runs;
  private final Map<String, OpTime> times = new LinkedHashMap<>();

  /**
   * The time of all ops of a type.
   *
   * @param type TensorFlow's op type: {@code MatMul}
   * @param count number of executed ops
   * @param microseconds total time, on all threads
   */
  public record OpTime(String type, long count, long microseconds) {
    private OpTime plus(OpTime other) {
      return new OpTime(type, count + other.count, microseconds + other.microseconds);
    }
  }

  Profile(Runnable end) {
    this.end = end;
  }

  /** Runs the session; runs are sequential, because TensorFlow traces only one at a time. */
  synchronized Result run(Session.Runner runner, RunOptions options) {
    RunOptions traced = options.toBuilder().setTraceLevel(RunOptions.TraceLevel.FULL_TRACE).build();
    Result result = runner.setOptions(traced).runAndFetchMetadata();
    runs++;
    for (DeviceStepStats device :
        result.getMetadata().orElseThrow().getStepStats().getDevStatsList()) {
      device.getNodeStatsList().forEach(this::add);
    }
    return result;
  }

  private void add(NodeExecStats node) {
    Matcher matcher = OP.matcher(node.getTimelineLabel());
    String type = matcher.find() ? matcher.group(1) : node.getNodeName();
    times.merge(type, new OpTime(type, 1, node.getOpEndRelMicros()), OpTime::plus);
  }

  /** The number of runs so far. */
  public synchronized int runs() {
    return runs;
  }

  /** The time by op type in all runs, the longest first. */
  public synchronized List<OpTime> ops() {
    List<OpTime> all = new ArrayList<>(times.values());
    all.sort(Comparator.comparingLong(OpTime::microseconds).reversed());
    return all;
  }

  @Override
  public void close() {
    end.run();
  }
}
