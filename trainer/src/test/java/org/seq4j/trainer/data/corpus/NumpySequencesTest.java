package org.seq4j.trainer.data.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seq4j.core.data.ExampleValue;

final class NumpySequencesTest {
  @TempDir private Path folder;

  /** As numpy.save writes it, version 1. */
  private static byte[] array(String type, String shape, ByteBuffer data) {
    String header = "{'descr': '%s', 'fortran_order': False, 'shape': %s, }".formatted(type, shape);
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    int length = (10 + text.length + 1 + 63) / 64 * 64 - 10;
    ByteBuffer all =
        ByteBuffer.allocate(10 + length + data.capacity()).order(ByteOrder.LITTLE_ENDIAN);
    all.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0}).putShort((short) length);
    all.put(text);
    while (all.position() < 10 + length - 1) {
      all.put((byte) ' ');
    }
    all.put((byte) '\n');
    return all.put(data.rewind()).array();
  }

  private static byte[] floats(String shape, float... values) {
    ByteBuffer data = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      data.putFloat(value);
    }
    return array("<f4", shape, data);
  }

  private List<String> lines(String name, byte[] content) throws IOException {
    Path file = Files.write(folder.resolve(name), content);
    List<String> lines = new ArrayList<>();
    try (SideReader source = SideReader.open(file)) {
      for (Optional<ExampleValue> next = source.next(); next.isPresent(); next = source.next()) {
        lines.add(next.get().text());
      }
    }
    return lines;
  }

  @Test
  void anArrayOfThreeAxesHoldsSequencesOfOneLength() throws IOException {
    assertThat(lines("x.npy", floats("(2, 2, 2)", 1, 2, 3, 4.5f, -5, 6e-8f, 7, 8)))
        .containsExactly("1.0 2.0; 3.0 4.5", "-5.0 6.0E-8; 7.0 8.0");
  }

  @Test
  void anArchiveHoldsOneInEachArray() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("arr_0.npy"));
      zip.write(floats("(3, 1)", 1, 2, 3));
      zip.putNextEntry(new ZipEntry("arr_1.npy"));
      zip.write(floats("(1, 1)", 4));
    }
    assertThat(lines("x.npz", bytes.toByteArray())).containsExactly("1.0; 2.0; 3.0", "4.0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"<f8", ">f4", ">f8", "<i2", ">i4", "<i8", "|i1", "|u1", "<u2"})
  void numbersOfEachTypeAreRead(String type) throws IOException {
    int bytes = type.charAt(2) - '0';
    ByteBuffer data =
        ByteBuffer.allocate(2 * bytes)
            .order(type.charAt(0) == '>' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    long second = type.charAt(1) == 'u' ? 200 : -100;
    for (long value : new long[] {3, second}) {
      switch (type.substring(1)) {
        case "f4" -> data.putFloat((float) value);
        case "f8" -> data.putDouble((double) value);
        case "i1", "u1" -> data.put((byte) value);
        case "i2", "u2" -> data.putShort((short) value);
        case "i4" -> data.putInt((int) value);
        default -> data.putLong(value);
      }
    }
    assertThat(lines("x.npy", array(type, "(1, 2)", data))).containsExactly("3.0 " + second + ".0");
  }

  @Test
  void whatIsWrongIsSaid() {
    assertThatThrownBy(
            () -> lines("text.npy", "1 2 3 4 5 6 7 8 9".getBytes(StandardCharsets.UTF_8)))
        .hasMessage(
            folder.resolve("text.npy")
                + ": is not a NumPy array: its first bytes are not those of the format");
    byte[] whole = floats("(2, 1, 2)", 1, 2, 3, 4);
    assertThatThrownBy(() -> lines("cut.npy", java.util.Arrays.copyOf(whole, whole.length - 3)))
        .hasMessageEndingWith("cut.npy: is truncated");
    assertThatThrownBy(() -> lines("flat.npy", floats("(4,)", 1, 2, 3, 4)))
        .hasMessageContaining("expected an array [sequences, vectors, numbers]")
        .hasMessageEndingWith("got [4]");
    assertThatThrownBy(() -> lines("nan.npy", floats("(1, 2)", 1, Float.NaN)))
        .hasMessageContaining("expected finite numbers, got NaN as number 1");
    assertThatThrownBy(() -> lines("half.npy", array("<f2", "(1, 1)", ByteBuffer.allocate(2))))
        .hasMessageContaining("expected numbers of type f4");
    assertThatThrownBy(() -> lines("objects.npy", array("|O", "(1, 1)", ByteBuffer.allocate(8))))
        .hasMessageContaining("expected numbers of type f4");
  }
}
