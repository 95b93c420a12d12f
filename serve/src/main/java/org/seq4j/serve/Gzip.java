package org.seq4j.serve;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/** Compression of answers. */
final class Gzip {
  private static final int WORTH_IT = 1000; // bytes

  private Gzip() {}

  /** Returns true if an answer is to be compressed. */
  static boolean suits(Request request, byte[] body) {
    return body.length >= WORTH_IT
        && request.getHeaders().getCSV(HttpHeader.ACCEPT_ENCODING, false).stream()
            .map(coding -> coding.replace(" ", "").toLowerCase(Locale.ROOT))
            .anyMatch(coding -> coding.matches("(gzip|x-gzip|\\*)(;q=(?!0(\\.0*)?$).*)?"));
  }

  static byte[] compress(byte[] body) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(body);
    } catch (IOException e) { // cannot happen in memory
      throw new IllegalStateException(e);
    }
    return packed.toByteArray();
  }
}
