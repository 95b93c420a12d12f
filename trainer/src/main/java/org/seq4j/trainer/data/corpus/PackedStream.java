package org.seq4j.trainer.data.corpus;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** The bytes of a compressed file. It remembers how reading them ended. */
final class PackedStream extends BufferedInputStream {
  private final Raw raw;

  PackedStream(InputStream in) {
    this(new Raw(in));
  }

  private PackedStream(Raw raw) {
    super(raw);
    this.raw = raw;
  }

  /** Returns true if all bytes have been read. */
  boolean hasEnded() {
    return raw.ended;
  }

  /** Returns the error of the file itself, if reading its bytes failed. */
  Optional<IOException> failure() {
    return raw.failure;
  }

  /** The stream below the buffer. */
  private static final class Raw extends InputStream {
    private final InputStream in;
    private boolean ended;
    private Optional<IOException> failure = Optional.empty();

    Raw(InputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      try {
        int read = in.read(bytes, from, length);
        ended |= read < 0;
        return read;
      } catch (IOException e) {
        failure = Optional.of(e);
        throw e;
      }
    }

    @Override
    public int available() throws IOException {
      return in.available();
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
