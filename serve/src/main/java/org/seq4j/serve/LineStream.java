package org.seq4j.serve;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Response;

/** A streamed answer: a JSON object on each line. The response begins with the first line. */
final class LineStream implements ProgressListener {
  private final Response response;
  private OutputStream out;
  private boolean gone;

  LineStream(Response response) {
    this.response = response;
  }

  /** Returns true if a line was written, so that the status cannot change any more. */
  boolean begun() {
    return out != null;
  }

  /** Writes a line at once; returns false if the caller has disconnected. */
  @Override
  public boolean onProgress(ObjectNode soFar) {
    if (out == null) {
      response.setStatus(200);
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/x-ndjson;charset=utf-8");
      response.getHeaders().put("X-Accel-Buffering", "no"); // nginx would collect the lines
      out = Content.Sink.asOutputStream(response);
    }
    write((soFar + "\n").getBytes(UTF_8));
    return !gone;
  }

  /** Writes the last line and ends the response. */
  void end(byte[] answer) {
    write(answer);
    try {
      out.close();
    } catch (IOException e) {
      gone = true;
    }
  }

  private void write(byte[] line) {
    try {
      if (!gone) {
        out.write(line);
        out.flush();
      }
    } catch (IOException e) {
      gone = true;
    }
  }
}
