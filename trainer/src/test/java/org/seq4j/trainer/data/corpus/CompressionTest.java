package org.seq4j.trainer.data.corpus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.CompressorOutputStream;
import org.apache.commons.compress.compressors.CompressorStreamFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompressionTest {
  private static final String TEXT = "one two\n".repeat(1000);

  @TempDir private Path folder;

  @Test
  void membersAreReadOneAfterAnother() throws IOException {
    assertThat(read(concat(gzip("a\n"), gzip("b\n"), gzip("")))).isEqualTo("a\nb\n");
  }

  @Test
  void zerosAfterTheLastMemberAreIgnored() throws IOException {
    assertThat(read(concat(gzip("a\n"), gzip(TEXT), new byte[70_000]))).isEqualTo("a\n" + TEXT);
  }

  @Test
  void otherBytesAfterTheLastMemberAreDamage() throws IOException {
    byte[] bytes = concat(gzip("a\n"), "rest".getBytes(UTF_8));
    assertThatThrownBy(() -> read(bytes))
        .hasMessageStartingWith("the compressed data are damaged: ");
  }

  @ParameterizedTest
  @CsvSource({"gz, gz", "bz2, bzip2", "xz, xz", "zst, zstd", "lz4, lz4-framed"})
  void aTruncatedFileIsCalledTruncated(String extension, String format) throws Exception {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    try (CompressorOutputStream<?> out =
        new CompressorStreamFactory().createCompressorOutputStream(format, whole)) {
      out.write(TEXT.getBytes(UTF_8));
    }
    Path file = folder.resolve("x." + extension);
    Files.write(file, whole.toByteArray());
    assertThat(read(file)).isEqualTo(TEXT);
    Files.write(file, Arrays.copyOf(whole.toByteArray(), whole.size() - 9));
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "the file ends in the middle of the compressed data. Copy or compress it again");
  }

  @Test
  void whatIsNotCompressedIsRefused() {
    assertThatThrownBy(() -> read("a\n".getBytes(UTF_8)))
        .hasMessage("the name ends like a gz file, but the content is not one");
  }

  private String read(byte[] bytes) throws IOException {
    return read(Files.write(folder.resolve("x.gz"), bytes));
  }

  private static String read(Path file) throws IOException {
    try (InputStream in = Compression.open(file)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream packed = new GZIPOutputStream(out)) {
      packed.write(text.getBytes(UTF_8));
    }
    return out.toByteArray();
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
