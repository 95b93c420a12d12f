package org.seq4j.trainer.data.corpus;

import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/**
 * The content of all members of a gzip file. Zeros may follow the last member, as tapes and disk
 * images add them; gzip itself ignores them, too.
 */
final class GzipMembers extends InputStream {
  private final InputStream packed;
  private InputStream member;
  private boolean ended;

  /**
   * Reads the header of the first member.
   *
   * @param packed supports marks
   * @throws IOException if it is no gzip file
   */
  GzipMembers(InputStream packed) throws IOException {
    this.packed = packed;
    this.member = new GzipCompressorInputStream(packed);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    while (!ended) {
      int read = member.read(bytes, from, length);
      if (read >= 0) {
        return read;
      }
      ended = !nextMember();
    }
    return -1;
  }

  private boolean nextMember() throws IOException {
    int next;
    do {
      packed.mark(1);
      next = packed.read();
    } while (next == 0);
    if (next < 0) {
      return false;
    }
    packed.reset();
    member = new GzipCompressorInputStream(packed);
    return true;
  }

  @Override
  public int available() throws IOException {
    return ended ? 0 : member.available();
  }
}
