package org.seq4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seq4j.core.text.Vocabulary;
import org.seq4j.runtime.run.RunDirectory;
import org.seq4j.runtime.translate.Translator;
import org.seq4j.runtime.weights.SafeTensors;

/** Models that come from elsewhere and go there. */
final class ImportTest {
  private static final int UNITS = 2;
  private static final int TOKENS = 6; // four that every vocabulary has, two of its own

  @TempDir private Path folder;
  private final Map<String, double[][]> weights = new LinkedHashMap<>();

  @BeforeEach
  void write() throws IOException {
    Files.writeString(folder.resolve("t.tsv"), "a b\tx\nb\ty x\n");
    Files.writeString(folder.resolve("source.txt"), "a\nb\n");
    Files.writeString(folder.resolve("target.txt"), "x\ny\n");
    Files.writeString(
        folder.resolve("model.yaml"),
        """
        name: elsewhere
        data: {train: {file: t.tsv, source: 0, target: 1}}
        source: {tokenizer: whitespace, vocabulary: {file: source.txt}}
        target: {tokenizer: whitespace, vocabulary: {file: target.txt}}
        model:
          embedding: {source: 2, target: 2}
          encoder: {type: rnn, cell: rnn, units: 2}
          decoder: {type: rnn, cell: rnn, units: 2, attention: none, bridge: copy}
        search: {type: beam, size: 3}
        """);
    Random random = new Random(7);
    put("embedding.source", random, TOKENS, UNITS);
    put("embedding.target", random, TOKENS, UNITS);
    for (String layer : List.of("encoder.layer.0.forward.hidden", "decoder.layer.0.hidden")) {
      put(layer + ".kernel.0", random, UNITS, UNITS);
      put(layer + ".kernel.1", random, UNITS, UNITS);
      put(layer + ".bias", random, 1, UNITS);
    }
    put("output.projection.kernel", random, UNITS, TOKENS);
    put("output.projection.bias", random, 1, TOKENS);
  }

  private void put(String name, Random random, int rows, int columns) {
    double[][] values = new double[rows][columns];
    for (double[] row : values) {
      Arrays.setAll(row, i -> random.nextGaussian());
    }
    weights.put(name, values);
  }

  /** As NumPy writes numbers of 64 bits, byte by byte. */
  private Path npz() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, double[][]> entry : weights.entrySet()) {
        double[][] values = entry.getValue();
        boolean vector = entry.getKey().endsWith("bias");
        String shape =
            vector
                ? String.format(Locale.ROOT, "(%d,)", values[0].length)
                : String.format(Locale.ROOT, "(%d, %d)", values.length, values[0].length);
        String header = "{'descr': '<f8', 'fortran_order': False, 'shape': " + shape + ", }";
        header = header + " ".repeat(117 - header.length()) + "\n";
        ByteBuffer array =
            ByteBuffer.allocate(10 + 118 + 8 * values.length * values[0].length)
                .order(ByteOrder.LITTLE_ENDIAN);
        array.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
        array.put((byte) 1).put((byte) 0).putShort((short) 118);
        array.put(header.getBytes(StandardCharsets.US_ASCII));
        for (double[] row : values) {
          for (double value : row) {
            array.putDouble(value);
          }
        }
        zip.putNextEntry(new ZipEntry(entry.getKey() + ".npy"));
        zip.write(array.array());
        zip.closeEntry();
      }
    }
    return Files.write(folder.resolve("weights.npz"), bytes.toByteArray());
  }

  private double[] step(String layer, double[] input, double[] state) {
    double[] next = new double[UNITS];
    for (int unit = 0; unit < UNITS; unit++) {
      double sum = weights.get(layer + ".bias")[0][unit];
      for (int i = 0; i < UNITS; i++) {
        sum += input[i] * weights.get(layer + ".kernel.0")[i][unit];
        sum += state[i] * weights.get(layer + ".kernel.1")[i][unit];
      }
      next[unit] = Math.tanh(sum);
    }
    return next;
  }

  /** The log-probability of a target and its end, in plain Java. */
  private double score(int[] source, int[] target) {
    double[] state = new double[UNITS];
    for (int token : source) {
      state = step("encoder.layer.0.forward.hidden", weights.get("embedding.source")[token], state);
    }
    double score = 0;
    int before = Vocabulary.BEGIN;
    for (int t = 0; t <= target.length; t++) {
      int token = t < target.length ? target[t] : Vocabulary.END;
      state = step("decoder.layer.0.hidden", weights.get("embedding.target")[before], state);
      double[] logits = weights.get("output.projection.bias")[0].clone();
      for (int v = 0; v < TOKENS; v++) {
        for (int unit = 0; unit < UNITS; unit++) {
          logits[v] += state[unit] * weights.get("output.projection.kernel")[unit][v];
        }
      }
      score += logits[token] - Math.log(Arrays.stream(logits).map(Math::exp).sum());
      before = token;
    }
    return score;
  }

  private CommandRun bringIn(Path file, Path run, Object... more) {
    List<Object> words = new ArrayList<>(List.of("import", folder.resolve("model.yaml")));
    words.addAll(List.of("--weights", file, "--run", run));
    words.addAll(List.of(more));
    return CommandRun.of(words.toArray());
  }

  @Test
  void aModelWrittenByHandInNumpysFormatGivesItsOutputs() throws IOException {
    Path run = folder.resolve("run");
    CommandRun imported = bringIn(npz(), run);
    assertThat(imported.status()).as(imported.err()).isZero();
    try (Translator translator = Translator.load(run)) {
      double[] scores =
          translator.score(List.of("a b", "b", "a b a b"), List.of("x y", "", "y y y x"));
      assertThat(scores[0]).isCloseTo(score(new int[] {4, 5}, new int[] {4, 5}), within(1e-5));
      assertThat(scores[1]).isCloseTo(score(new int[] {5}, new int[] {}), within(1e-5));
      assertThat(scores[2])
          .isCloseTo(score(new int[] {4, 5, 4, 5}, new int[] {5, 5, 5, 4}), within(1e-5));
    }
    assertThat(bringIn(npz(), run).err()).contains("already holds a run");
    CommandRun evaluated =
        CommandRun.of(
            "evaluate",
            run,
            "--source",
            folder.resolve("source.txt"),
            "--reference",
            folder.resolve("target.txt"));
    assertThat(evaluated.status()).as(evaluated.err()).isZero();
  }

  @Test
  void whatGoesOutComesInAgain() throws IOException {
    Path run = folder.resolve("run");
    bringIn(npz(), run);
    Map<String, SafeTensors.Array> before = arrays(run);
    for (List<String> how :
        List.of(
            List.of("npz", "w.npz"),
            List.of("safetensors", "w.safetensors"),
            List.of("safetensors", "w16.safetensors", "--precision", "bf16"))) {
      Path file = folder.resolve(how.get(1));
      Path again = folder.resolve("again-" + how.get(1));
      List<Object> words =
          new ArrayList<>(List.of("export", run, "--format", how.get(0), "--output", file));
      words.addAll(how.subList(2, how.size()));
      CommandRun exported = CommandRun.of(words.toArray());
      assertThat(exported.status()).as(exported.err()).isZero();
      CommandRun imported = bringIn(file, again);
      assertThat(imported.status()).as(imported.err()).isZero();
      boolean rounded = how.size() > 2;
      arrays(again)
          .forEach(
              (name, array) -> {
                float[] expected = before.get(name).values();
                for (int i = 0; i < expected.length; i++) {
                  assertThat(array.values()[i])
                      .isCloseTo(expected[i], within(rounded ? Math.abs(expected[i]) / 256 : 0f));
                }
              });
    }
    assertThat(Files.size(folder.resolve("w16.safetensors")))
        .isLessThan(Files.size(folder.resolve("w.safetensors")));
  }

  private static Map<String, SafeTensors.Array> arrays(Path run) {
    return SafeTensors.read(new RunDirectory(run).checkpoint()).arrays();
  }

  /** As another program writes safetensors: no checksum, numbers of several types, any order. */
  @Test
  void aFileOfAnotherProgramIsRead() throws IOException {
    String header =
        """
        {"b": {"dtype": "F16", "shape": [2], "data_offsets": [8, 12]},
         "a": {"dtype": "F64", "shape": [1, 1], "data_offsets": [0, 8]}}\
        """;
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(8 + text.length + 12).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(text.length).put(text).putDouble(0.5).putShort((short) 0xc000);
    bytes.putShort((short) 0x3555);
    Path file = Files.write(folder.resolve("other.safetensors"), bytes.array());
    Map<String, SafeTensors.Array> read = SafeTensors.readForeign(file).arrays();
    assertThat(read.get("a").values()).containsExactly(0.5f);
    assertThat(read.get("a").shape()).containsExactly(1, 1);
    assertThat(read.get("b").values()[0]).isEqualTo(-2f);
    assertThat(read.get("b").values()[1]).isCloseTo(1 / 3f, within(1e-4f));
  }

  /** The weights under the names and in the layout of a program whose kernels are [out, in]. */
  private void rename() {
    Map<String, double[][]> ours = new LinkedHashMap<>(weights);
    weights.clear();
    ours.forEach(
        (name, values) ->
            weights.put("m/" + name, name.contains("kernel") ? transposed(values) : values));
    double[][] bias = weights.remove("m/output.projection.bias");
    weights.put("m/first.bias", new double[][] {Arrays.stream(bias[0]).map(b -> b - 1).toArray()});
    weights.put("m/second.bias", new double[][] {new double[bias[0].length]});
    Arrays.fill(weights.get("m/second.bias")[0], 1);
    weights.put("m/steps", new double[][] {{5}});
  }

  private static double[][] transposed(double[][] values) {
    double[][] turned = new double[values[0].length][values.length];
    for (int i = 0; i < values.length; i++) {
      for (int j = 0; j < values[0].length; j++) {
        turned[j][i] = values[i][j];
      }
    }
    return turned;
  }

  private Path mapping(String more) throws IOException {
    StringBuilder lines = new StringBuilder("weights:\n");
    for (String name : weights.keySet()) {
      String to = name.substring(2);
      lines.append("  \"").append(name).append("\": ");
      switch (to) {
        case "first.bias" -> lines.append("output.projection.bias");
        case "second.bias" -> lines.append("{to: output.projection.bias, add: true}");
        case "steps" -> lines.append("{omit: true}");
        default -> lines.append(to.contains("kernel") ? "{to: " + to + ", transpose: true}" : to);
      }
      lines.append('\n');
    }
    return Files.writeString(folder.resolve("names.yaml"), lines + more);
  }

  @Test
  void aMappingBringsInTheArraysOfAnotherProgram() throws IOException {
    bringIn(npz(), folder.resolve("ours"));
    rename();
    Path run = folder.resolve("theirs");
    CommandRun imported = bringIn(npz(), run, "--mapping", mapping(""));
    assertThat(imported.status()).as(imported.err()).isZero();
    Map<String, SafeTensors.Array> expected = arrays(folder.resolve("ours"));
    assertThat(arrays(run).keySet()).isEqualTo(expected.keySet());
    arrays(run)
        .forEach(
            (name, array) -> {
              assertThat(array.shape()).isEqualTo(expected.get(name).shape());
              assertThat(array.values())
                  .as(name)
                  .usingComparatorWithPrecision(1e-6f)
                  .containsExactly(expected.get(name).values());
            });
  }

  @Test
  void aMappingThatDoesNotFitIsTold() throws IOException {
    Path run = folder.resolve("run");
    CommandRun typo = bringIn(npz(), run, "--mapping", mapping("  x: y\n"));
    assertThat(typo.err()).contains("x: the file of weights has no such array");
    assertThat(typo.status()).isEqualTo(1);
    rename();
    String second = "{to: output.projection.bias, add: true}";
    Path twice = mapping("");
    Files.writeString(twice, Files.readString(twice).replace(second, "output.projection.bias"));
    assertThat(bringIn(npz(), run, "--mapping", twice).err())
        .contains(
            "m/second.bias: another array is output.projection.bias already;"
                + " add: true adds this one to it");
    Path wrong =
        Files.writeString(folder.resolve("wrong.yaml"), "weights:\n  a: {transpos: true}\n");
    CommandRun key = bringIn(npz(), run, "--mapping", wrong);
    assertThat(key.err()).contains("line 2  weights.a.transpos: unknown key", "transpose");
    assertThat(key.status()).isEqualTo(3);
    assertThat(run).doesNotExist();
  }

  @Test
  void whatDoesNotFitIsSaid() throws IOException {
    weights.remove("output.projection.bias");
    weights.put("more", new double[][] {{1}});
    weights.put("embedding.source", new double[TOKENS][3]);
    CommandRun refused = bringIn(npz(), folder.resolve("run"));
    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.err().lines().map(String::strip).collect(Collectors.toList()))
        .contains(
            "embedding.source is of shape [6, 3], expected [6, 2]",
            "output.projection.bias of shape [6] is missing",
            "the model has no parameter more");
    assertThat(folder.resolve("run")).doesNotExist();
    Path broken = Files.writeString(folder.resolve("broken.npz"), "no archive");
    assertThat(bringIn(broken, folder.resolve("run")).err())
        .contains("broken.npz: expected an archive of arrays, as numpy.savez writes it, got none");
    Path cut = Files.writeString(folder.resolve("short.safetensors"), "no");
    assertThat(bringIn(cut, folder.resolve("run")).status()).isEqualTo(1);
  }
}
