package org.seq4j.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** A side of the comparison, in a process of its own: a request in a line, a reply in a line. */
interface Worker {
  /** Does what is asked. */
  Reply answer(Request request) throws Exception;

  /** Serves until there are no more requests. */
  static void serve(Worker worker) throws IOException {
    ObjectMapper json = new ObjectMapper();
    PrintStream out = System.out;
    System.setOut(System.err); // what libraries print is no reply
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      Reply reply;
      try {
        reply = worker.answer(json.readValue(line, Request.class));
      } catch (Exception | LinkageError e) {
        e.printStackTrace();
        reply = Reply.failed(e);
      }
      out.println(json.writeValueAsString(reply));
      out.flush();
    }
    out.flush();
    // Native threads may not let a process end.
    Runtime.getRuntime().halt(0);
  }
}
