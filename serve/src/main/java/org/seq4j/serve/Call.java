package org.seq4j.serve;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.eclipse.jetty.server.Request;

/** A request while it is answered, with what endpoints learn about it for log and metrics. */
final class Call {
  private static final Pattern ID = Pattern.compile("[\\w.:/+=@-]{1,128}");
  private static final byte[] NOTHING = new byte[0];

  private final Request request;
  private final Map<String, String> variables;
  private final ServerOptions.Limits limits;
  private final Deadline deadline;
  private final LineStream lines;
  private byte[] body = NOTHING;
  private boolean isFile;
  private Optional<String> model = Optional.empty();
  private Optional<Work> work = Optional.empty();

  /**
   * The work of models on a request.
   *
   * @param kind {@code translate} or {@code score}
   * @param queueSeconds the time that the request waited for other requests
   * @param modelSeconds the time that the model computed
   */
  record Work(String kind, int texts, double queueSeconds, double modelSeconds) {

    private Work and(Work next) {
      return new Work(
          kind,
          texts + next.texts,
          queueSeconds + next.queueSeconds,
          modelSeconds + next.modelSeconds);
    }
  }

  /**
   * Creates a call.
   *
   * @param variables the variables in the path
   */
  Call(
      Request request,
      Map<String, String> variables,
      ServerOptions.Limits limits,
      Deadline deadline,
      LineStream lines) {
    this.request = request;
    this.variables = variables;
    this.limits = limits;
    this.deadline = deadline;
    this.lines = lines;
  }

  /** Returns the id of a request: that of the caller if it has a plain one, otherwise a new one. */
  static String id(Request request) {
    String given = request.getHeaders().get("X-Request-Id");
    return given != null && ID.matcher(given).matches() ? given : UUID.randomUUID().toString();
  }

  Request request() {
    return request;
  }

  Deadline deadline() {
    return deadline;
  }

  ProgressListener listener() {
    return lines;
  }

  /** Returns the text of a variable in the path. */
  String variable(String name) {
    return variables.get(name);
  }

  /** Reads the body, which must be JSON. */
  <T extends Record> T json(Class<T> type) {
    return Json.read(read(List.of(RequestBody.JSON)), type);
  }

  /** Reads the body, which must have one of some content types. */
  byte[] read(List<String> types) {
    body = RequestBody.read(request, types, limits.maxBody(), deadline);
    return body;
  }

  /** Returns what was read of the body. */
  byte[] body() {
    return body;
  }

  /** Returns what was read of the body as text; empty if it is the content of a file. */
  String text() {
    return isFile ? "" : new String(body, StandardCharsets.UTF_8);
  }

  /** Reads the body, the content of a file of one of some content types. */
  byte[] file(List<String> types) {
    isFile = true;
    return read(types);
  }

  /** Takes a note of the model that is asked for. */
  void ask(ServedModel asked) {
    model = Optional.of(asked.name());
  }

  Optional<String> model() {
    return model;
  }

  /** Takes a note of finished work, which is added to earlier work on this request. */
  void worked(Work done) {
    work = Optional.of(work.map(before -> before.and(done)).orElse(done));
  }

  Optional<Work> work() {
    return work;
  }
}
