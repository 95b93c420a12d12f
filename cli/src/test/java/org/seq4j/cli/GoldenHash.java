package org.seq4j.cli;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of what is added, in order. */
final class GoldenHash {
  private final MessageDigest digest;

  GoldenHash() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }

  /** Adds a text and its end. */
  GoldenHash add(String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
    return this;
  }

  /** Adds bytes. */
  GoldenHash add(byte[] bytes) {
    digest.update(bytes);
    return this;
  }

  /** Adds the bits of a number. */
  GoldenHash add(float number) {
    digest.update(ByteBuffer.allocate(Float.BYTES).putFloat(number).flip());
    return this;
  }

  /** All 64 digits. */
  String full() {
    return HexFormat.of().formatHex(digest.digest());
  }

  /** The first 16 digits, which are enough to tell that something is different. */
  String shortened() {
    return full().substring(0, 16);
  }
}
