package org.seq4j.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.seq4j.audio.LogMelEncoder;
import org.seq4j.audio.SoundReader;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.model.Encoder;
import org.seq4j.core.model.Memory;
import org.seq4j.core.model.Sequence;
import org.seq4j.core.plugin.Component;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.NoKeys;
import org.seq4j.core.text.FeatureSequence;
import org.seq4j.runtime.graph.ModelGraph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The speed of reading sounds and computing their features: seconds of sound per second of one
 * processor. The time is the processor's, so that other work of the machine does not count.
 */
final class SoundSpeed {
  private static final int SECONDS = 60;
  private static final int RATE = 16_000;
  private static final int ROUNDS = 5;
  private static final int REPETITIONS = 10; // processor time is counted in steps of 10 ms
  private static final OperatingSystemMXBean PROCESS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private SoundSpeed() {}

  /** Work whose time is measured. */
  private interface Work {
    void run() throws IOException;
  }

  public static void main(String[] arguments) throws IOException {
    SoundReader reader = new SoundReader(new SoundReader.Config(RATE, List.of(1.0), List.of()));
    for (int rate : new int[] {RATE, 8_000, 44_100}) {
      byte[] file = wav(rate);
      print("read WAV at " + rate + " Hz, to " + RATE + " Hz", () -> reader.read(file));
    }
    FeatureSequence sound = reader.read(wav(RATE));
    for (int bins : new int[] {40, 80}) {
      features(sound, bins);
    }
  }

  private static void features(FeatureSequence sound, int bins) throws IOException {
    Encoder none = (scope, source) -> new Memory(source, NamedTensors.EMPTY, 1);
    LogMelEncoder encoder =
        new LogMelEncoder(
            new LogMelEncoder.Config(
                Component.of(Encoder.class, "none", new NoKeys(), keys -> none),
                bins,
                LogMelEncoder.Normalization.UTTERANCE,
                0,
                1,
                0,
                1,
                0),
            new ComponentContext(Path.of("")));
    try (ModelGraph graph = new ModelGraph(1, 1)) {
      Ops tf = graph.tf();
      Placeholder<TFloat32> samples =
          tf.placeholder(
              TFloat32.class, Placeholder.shape(Shape.of(1, Shape.UNKNOWN_SIZE, sound.depth())));
      Operand<TInt32> length = tf.constant(new int[] {sound.length()});
      Memory memory = encoder.encode(graph.scope(false), new Sequence(samples, length));
      Operand<TFloat32> sum =
          tf.reduceSum(memory.sequence().values(), tf.constant(new int[] {0, 1, 2}));
      try (TFloat32 fed =
          TFloat32.tensorOf(
              Shape.of(1, sound.length(), sound.depth()), DataBuffers.of(sound.values()))) {
        print(
            bins + " log-mel features at " + RATE + " Hz",
            () -> graph.run(graph.session().runner().feed(samples, fed).fetch(sum)).close());
      }
    }
  }

  /** Prints the best of several rounds. */
  private static void print(String name, Work work) throws IOException {
    double best = Double.POSITIVE_INFINITY;
    for (int round = 0; round < ROUNDS; round++) {
      long begun = PROCESS.getProcessCpuTime();
      for (int i = 0; i < REPETITIONS; i++) {
        work.run();
      }
      best = Math.min(best, (PROCESS.getProcessCpuTime() - begun) / 1e9 / REPETITIONS);
    }
    System.out.printf(Locale.ROOT, "%-40s %8.0f times real time%n", name, SECONDS / best);
  }

  /** Noise of a minute. */
  private static byte[] wav(int rate) throws IOException {
    Random random = new Random(1);
    ByteBuffer samples = ByteBuffer.allocate(2 * rate * SECONDS).order(ByteOrder.LITTLE_ENDIAN);
    while (samples.hasRemaining()) {
      samples.putShort((short) (1000 * random.nextGaussian()));
    }
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    AudioSystem.write(
        new AudioInputStream(
            new ByteArrayInputStream(samples.array()),
            new AudioFormat(rate, Short.SIZE, 1, true, false),
            (long) rate * SECONDS),
        AudioFileFormat.Type.WAVE,
        file);
    return file.toByteArray();
  }
}
