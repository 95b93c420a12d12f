package org.seq4j.runtime.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seq4j.runtime.io.AtomicFiles;
import org.seq4j.runtime.io.RunException;

class SafeTensorsTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void writeOne() {
    file = folder.resolve("checkpoints").resolve("last.safetensors");
    Map<String, SafeTensors.Array> arrays = new LinkedHashMap<>();
    arrays.put("kernel", new SafeTensors.Array(new long[] {2, 3}, new float[] {1, -2, 3, 4, 5, 6}));
    arrays.put("scalar", new SafeTensors.Array(new long[0], new float[] {Float.MIN_VALUE}));
    SafeTensors.write(file, new SafeTensors.Content(arrays, Map.of("step", "17")));
  }

  @Test
  void readsWhatWasWritten() {
    SafeTensors.Content content = SafeTensors.read(file);
    assertThat(content.metadata()).isEqualTo(Map.of("step", "17"));
    assertThat(content.arrays()).containsOnlyKeys("kernel", "scalar");
    assertThat(content.arrays().get("kernel").shape()).containsExactly(2, 3);
    assertThat(content.arrays().get("kernel").values()).containsExactly(1, -2, 3, 4, 5, 6);
    assertThat(content.arrays().get("scalar").values()).containsExactly(Float.MIN_VALUE);
  }

  @Test
  void isInTheFormatOfSafetensors() throws IOException {
    byte[] all = Files.readAllBytes(file);
    ByteBuffer bytes = ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN);
    int header = (int) bytes.getLong();
    assertThat(new String(all, 8, header, StandardCharsets.UTF_8))
        .contains("\"kernel\":{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[0,24]}");
    assertThat(bytes.getFloat(8 + header + 4)).isEqualTo(-2);
  }

  @Test
  void nothingStaysBesideIt() throws IOException {
    try (var files = Files.list(file.getParent())) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void aFileCutShortAnywhereIsRefused() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> SafeTensors.read(file))
          .isInstanceOf(RunException.class)
          .hasMessage(
              file
                  + " is damaged: it is truncated; restore it from a backup, or use another checkpoint");
    }
  }

  @Test
  void aChangedByteAnywhereIsRefused() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    SplittableRandom random = new SplittableRandom(3);
    for (int position = 0; position < whole.length; position++) {
      byte[] changed = whole.clone();
      changed[position] ^= (byte) (1 + random.nextInt(255));
      Files.write(file, changed);
      assertThatThrownBy(() -> SafeTensors.read(file))
          .as("byte %d changed", position)
          .isInstanceOf(RunException.class)
          .hasMessageContaining("is damaged: ");
    }
  }

  @Test
  void eightBitsAreWholeStepsOfTheLargestOfARowOrColumn() throws IOException {
    float[] matrix = { // by row the second would be nothing but its largest
      100, 0.5f, -0.25f, //
      -100, 0.125f, 0.3f
    };
    float[] rows = {1, 2, -3, 400, 500, -600};
    Map<String, SafeTensors.Array> arrays = new LinkedHashMap<>();
    arrays.put("columns", new SafeTensors.Array(new long[] {2, 3}, matrix));
    arrays.put("rows", new SafeTensors.Array(new long[] {2, 3}, rows));
    arrays.put("nothing", new SafeTensors.Array(new long[] {2, 2}, new float[4]));
    arrays.put("vector", new SafeTensors.Array(new long[] {2}, new float[] {1 / 3f, -7.77f}));
    arrays.put("line", new SafeTensors.Array(new long[] {2, 1}, new float[] {1 / 3f, -7.77f}));
    Path small = folder.resolve("small.safetensors");
    SafeTensors.Content content = new SafeTensors.Content(arrays, Map.of("step", "17"));
    SafeTensors.write(small, content, SafeTensors.NumberType.I8);

    SafeTensors.Content read = SafeTensors.read(small);
    assertThat(read.metadata()).isEqualTo(content.metadata());
    assertThat(List.copyOf(read.arrays().keySet())).isEqualTo(List.copyOf(arrays.keySet()));
    for (String exact : List.of("nothing", "vector", "line")) {
      assertThat(read.arrays().get(exact).values()).containsExactly(arrays.get(exact).values());
    }
    float[] ofColumns = read.arrays().get("columns").values();
    float[] ofRows = read.arrays().get("rows").values();
    for (int i = 0; i < 6; i++) {
      float largestOfColumn = Math.max(Math.abs(matrix[i % 3]), Math.abs(matrix[i % 3 + 3]));
      assertThat(ofColumns[i]).isCloseTo(matrix[i], within(largestOfColumn / 127 / 2 * 1.0001f));
      float largestOfRow = i < 3 ? 3 : 600;
      assertThat(ofRows[i]).isCloseTo(rows[i], within(largestOfRow / 127 / 2 * 1.0001f));
    }
    assertThat(ofColumns[0]).isEqualTo(100);
    assertThat(ofRows[5]).isEqualTo(-600);

    byte[] all = Files.readAllBytes(small);
    int header = (int) ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN).getLong();
    assertThat(new String(all, 8, header, StandardCharsets.UTF_8))
        .contains(
            "\"columns\":{\"dtype\":\"I8\",\"shape\":[2,3],\"data_offsets\":[0,6]}",
            "\"columns.scale\":{\"dtype\":\"F32\",\"shape\":[1,3],\"data_offsets\":[6,18]}",
            "\"rows.scale\":{\"dtype\":\"F32\",\"shape\":[2,1],");
    assertThat(all[8 + header]).isEqualTo((byte) 127);
    assertThat(all[8 + header + 3]).isEqualTo((byte) -127);
  }

  @Test
  void whatIsNoNumberHasNoEightBits() {
    SafeTensors.Array matrix = new SafeTensors.Array(new long[] {2, 2}, new float[] {1, 2, 3, 0});
    for (float value : new float[] {Float.NaN, Float.NEGATIVE_INFINITY}) {
      matrix.values()[2] = value;
      assertThatThrownBy(
              () ->
                  SafeTensors.write(
                      folder.resolve("none"),
                      new SafeTensors.Content(Map.of("kernel", matrix), Map.of()),
                      SafeTensors.NumberType.I8))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("kernel: it contains NaN or infinity");
    }
    assertThat(folder.resolve("none")).doesNotExist();
  }

  @Test
  void eightBitsWithoutTheirScaleAreNoNumbers() throws IOException {
    Path other = folder.resolve("other.safetensors");
    String header = "{\"a\": {\"dtype\": \"%s\", \"shape\": [2, 2], \"data_offsets\": [0, 4]}}";
    Files.write(other, safetensors(header.formatted("I8"), 4));
    assertThatThrownBy(() -> SafeTensors.readForeign(other))
        .isInstanceOf(RunException.class)
        .hasMessageContaining(
            "'a' has numbers of 8 bits, but no fitting 'a.scale' for its rows or columns");
    Files.write(other, safetensors(header.formatted("U8"), 4));
    assertThatThrownBy(() -> SafeTensors.readForeign(other))
        .isInstanceOf(RunException.class)
        .hasMessageContaining(
            "'a' has numbers of type U8, expected one of [F32, BF16, I8, F16, F64]");
  }

  @Test
  void aDamagedFileOfAnotherProgramIsNotCalledACheckpoint() throws IOException {
    Path empty = Files.createFile(folder.resolve("empty.safetensors"));
    assertThatThrownBy(() -> SafeTensors.readForeign(empty))
        .isInstanceOf(RunException.class)
        .hasMessage(
            empty
                + " cannot be read: it is truncated; expected a complete file of the safetensors"
                + " format");
  }

  private static byte[] safetensors(String header, int bytes) {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + text.length + bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(text.length)
        .put(text)
        .array();
  }

  @Test
  void aMissingFileIsNamed() {
    Path missing = folder.resolve("none.safetensors");
    assertThatThrownBy(() -> SafeTensors.read(missing))
        .isInstanceOf(RunException.class)
        .hasMessage("no such file: " + missing);
  }

  @Test
  void aFolderThatCannotBeMadeLeavesNothing() throws IOException {
    Path inTheWay = Files.writeString(folder.resolve("plain"), "a file");
    Path target = inTheWay.resolve("last.safetensors");
    assertThatThrownBy(() -> AtomicFiles.write(target, "text"))
        .isInstanceOf(RunException.class)
        .hasMessageStartingWith("cannot write " + target + ": ")
        .hasMessageEndingWith("; check the folder and the space on the disk");
    assertThat(inTheWay).hasContent("a file");
  }

  @Test
  void aWriteThatFailsLeavesTheOldFile() {
    assertThatThrownBy(
            () ->
                AtomicFiles.write(
                    file,
                    out -> {
                      out.write(1);
                      throw new IOException("No space left on device");
                    }))
        .isInstanceOf(RunException.class)
        .hasMessage(
            "cannot write "
                + file
                + ": No space left on device; check the folder and the space on the disk");
    assertThat(SafeTensors.read(file).metadata()).containsEntry("step", "17");
    assertThat(file.resolveSibling("last.safetensors.partial")).doesNotExist();
  }
}
