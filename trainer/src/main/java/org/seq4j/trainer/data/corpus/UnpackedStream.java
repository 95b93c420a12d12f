package org.seq4j.trainer.data.corpus;

import java.io.IOException;
import java.io.InputStream;

/** The content of a compressed file. Its errors say what is wrong with the compressed data. */
final class UnpackedStream extends InputStream {
  private final InputStream unpacked;
  private final PackedStream packed;

  UnpackedStream(InputStream unpacked, PackedStream packed) {
    this.unpacked = unpacked;
    this.packed = packed;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    try {
      return unpacked.read(bytes, from, length);
    } catch (IOException e) {
      throw explained(e);
    } catch (RuntimeException e) { // some decompressors throw others on damaged data
      throw explained(new IOException(e.toString(), e));
    }
  }

  private IOException explained(IOException e) {
    if (packed.failure().isPresent()) {
      return packed.failure().get();
    }
    return packed.hasEnded()
        ? new IOException(
            "the file ends in the middle of the compressed data. Copy or compress it again", e)
        : new IOException("the compressed data are damaged: " + e.getMessage(), e);
  }

  @Override
  public int available() throws IOException {
    return unpacked.available();
  }

  @Override
  public void close() throws IOException {
    unpacked.close();
    packed.close();
  }
}
