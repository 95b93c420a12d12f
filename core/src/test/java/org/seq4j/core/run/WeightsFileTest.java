package org.seq4j.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeightsFileTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void writeOne() {
    file = folder.resolve("checkpoints").resolve("last.safetensors");
    Map<String, WeightsFile.Array> arrays = new LinkedHashMap<>();
    arrays.put("kernel", new WeightsFile.Array(new long[] {2, 3}, new float[] {1, -2, 3, 4, 5, 6}));
    arrays.put("scalar", new WeightsFile.Array(new long[0], new float[] {Float.MIN_VALUE}));
    WeightsFile.write(file, new WeightsFile.Content(arrays, Map.of("step", "17")));
  }

  @Test
  void readsWhatWasWritten() {
    WeightsFile.Content content = WeightsFile.read(file);
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
      assertThatThrownBy(() -> WeightsFile.read(file))
          .isInstanceOf(RunException.class)
          .hasMessage(
              file
                  + " is damaged: it is cut short; use another checkpoint of the run, or train"
                  + " again");
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
      assertThatThrownBy(() -> WeightsFile.read(file))
          .as("byte %d changed", position)
          .isInstanceOf(RunException.class)
          .hasMessageContaining("is damaged: ");
    }
  }

  @Test
  void aMissingFileIsNamed() {
    Path missing = folder.resolve("none.safetensors");
    assertThatThrownBy(() -> WeightsFile.read(missing))
        .isInstanceOf(RunException.class)
        .hasMessage("cannot read " + missing + ": no such file or folder: " + missing);
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
    assertThat(WeightsFile.read(file).metadata()).containsEntry("step", "17");
    assertThat(file.resolveSibling("last.safetensors.partial")).doesNotExist();
  }
}
