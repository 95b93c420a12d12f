package org.seq4j.serve;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.seq4j.runtime.error.UserException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Routes requests, rejects invalid ones, and writes responses. */
final class HttpHandler extends Handler.Abstract {
  private static final Logger LOG = LoggerFactory.getLogger(HttpHandler.class);
  private static final Pattern RELOAD = Pattern.compile("/v1/models/([^/]+)/reload");
  private static final String JSON = "application/json";
  private static final byte[] NOTHING = new byte[0];

  private final ModelsEndpoint models;
  private final ServerOptions options;
  private final ServerMetrics figures;
  private final AccessLog log;
  private final AtomicInteger working;
  private final BooleanSupplier ready;
  private final Map<String, Route> routes = new LinkedHashMap<>();

  /**
   * Computes the answer to a request, given its body, its deadline and a listener for intermediate
   * results.
   */
  @FunctionalInterface
  private interface Work {
    byte[] answer(byte[] body, Deadline deadline, ProgressListener listener);
  }

  /**
   * The endpoint at a path.
   *
   * @param type the content type of the answer
   * @param open true if it requires no token
   * @param limited true if its requests count for the queue
   */
  private record Route(String method, String type, boolean open, boolean limited, Work work) {}

  HttpHandler(
      ModelCatalog catalog,
      ServerOptions options,
      ServerMetrics figures,
      AccessLog log,
      AtomicInteger working,
      BooleanSupplier ready) {
    this.models = new ModelsEndpoint(catalog);
    this.options = options;
    this.figures = figures;
    this.log = log;
    this.working = working;
    this.ready = ready;
    RequestLimits limits = new RequestLimits(options);
    TranslateEndpoint translate = new TranslateEndpoint(catalog, limits, figures);
    ScoreEndpoint score = new ScoreEndpoint(catalog, limits, figures);
    byte[] page = resource("page.html");
    byte[] description = resource("openapi.json");
    routes.put("/", new Route("GET", "text/html", true, false, (body, deadline, listener) -> page));
    routes.put(
        "/openapi.json",
        new Route("GET", JSON, true, false, (body, deadline, listener) -> description));
    routes.put(
        "/health", new Route("GET", JSON, true, false, (body, deadline, listener) -> status("up")));
    routes.put(
        "/ready", new Route("GET", JSON, true, false, (body, deadline, listener) -> readiness()));
    routes.put(
        "/metrics",
        new Route("GET", "text/plain", false, false, (body, deadline, listener) -> figures.text()));
    routes.put(
        "/v1/models",
        new Route("GET", JSON, false, false, (body, deadline, listener) -> bytes(models.list())));
    routes.put(
        "/v1/translate",
        new Route(
            "POST",
            JSON,
            false,
            true,
            (body, deadline, listener) -> bytes(translate.answer(body, deadline, listener))));
    routes.put(
        "/v1/score",
        new Route(
            "POST",
            JSON,
            false,
            true,
            (body, deadline, listener) -> bytes(score.answer(body, deadline))));
  }

  private static byte[] resource(String name) {
    try (InputStream in = HttpHandler.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] status(String word) {
    return bytes(JsonNodeFactory.instance.objectNode().put("status", word));
  }

  private byte[] readiness() {
    if (!ready.getAsBoolean()) {
      throw new ApiError(503, "stopping", "the server is stopping");
    }
    return status("ready");
  }

  private static byte[] bytes(ObjectNode object) {
    return (object + "\n").getBytes(UTF_8);
  }

  /** Returns the body of an error response. */
  static byte[] error(int status, String code, String message) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object.putObject("error").put("status", status).put("code", code).put("message", message);
    return bytes(object);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    long begun = System.nanoTime();
    String path = Request.getPathInContext(request);
    Matcher reload = RELOAD.matcher(path);
    String known = // never a path that a caller made up, as it becomes a label of metrics
        routes.containsKey(path) ? path : reload.matches() ? "/v1/models/NAME/reload" : "other";
    byte[] body = NOTHING;
    byte[] answer;
    int status = 200;
    String code = null;
    String type = JSON;
    LineStream lines = new LineStream(response);
    try {
      Route route =
          Optional.ofNullable(routes.get(path))
              .or(() -> reload.matches() ? Optional.of(reloading(reload.group(1))) : none())
              .orElseThrow(() -> new ApiError(404, "no-such-path", "no such path"));
      check(request, response, route);
      Deadline deadline = new Deadline(begun + options.timeout().toNanos());
      if (route.limited()) {
        body = RequestBody.json(request, options.maxBody(), deadline);
      }
      answer =
          route.limited()
              ? limited(route, body, deadline, lines)
              : route.work().answer(body, deadline, lines);
      type = route.type();
    } catch (ApiError refusal) {
      status = refusal.status();
      code = refusal.code();
      answer = error(status, code, refusal.getMessage());
    } catch (UserException.OfRequest | UserException.OfData asked) {
      ApiError refusal = ApiError.bad(asked.getMessage());
      status = refusal.status();
      code = refusal.code();
      answer = error(status, code, refusal.getMessage());
    } catch (RuntimeException | Error e) {
      status = 500;
      code = "failed";
      LOG.error("{} failed", known, e);
      answer = error(status, code, "internal error; see the server's log");
    }
    if (!lines.begun()) {
      head(response, status, type);
    }
    double took = (System.nanoTime() - begun) / 1e9;
    figures.request(known, status, took);
    log.write(
        Request.getRemoteAddr(request),
        request.getMethod(),
        path,
        status,
        code,
        took,
        body,
        answer);
    if (lines.begun()) {
      lines.end(answer);
      callback.succeeded();
    } else {
      response.write(true, ByteBuffer.wrap(answer), callback);
    }
    return true;
  }

  private static void head(Response response, int status, String type) {
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, type + ";charset=utf-8");
    response.getHeaders().put("X-Content-Type-Options", "nosniff");
    if (status == 503) {
      response.getHeaders().put(HttpHeader.RETRY_AFTER, "1");
    }
    if (status == 408 || status == 413) { // the rest of the body is not read
      response.getHeaders().put(HttpHeader.CONNECTION, "close");
    }
  }

  private static Optional<Route> none() {
    return Optional.empty();
  }

  private Route reloading(String name) {
    return new Route(
        "POST", JSON, false, false, (body, deadline, listener) -> bytes(models.reload(name)));
  }

  private void check(Request request, Response response, Route route) {
    if (!route.method().equals(request.getMethod())) {
      response.getHeaders().put(HttpHeader.ALLOW, route.method());
      throw new ApiError(405, "wrong-method", "expected the method " + route.method());
    }
    if (!route.open() && options.token().isPresent() && !carriesToken(request)) {
      response.getHeaders().put(HttpHeader.WWW_AUTHENTICATE, "Bearer");
      throw new ApiError(
          401, "no-token", "expected the header 'Authorization: Bearer TOKEN' with a valid token");
    }
  }

  private boolean carriesToken(Request request) {
    String header = request.getHeaders().get(HttpHeader.AUTHORIZATION);
    byte[] expected = ("Bearer " + options.token().orElseThrow()).getBytes(UTF_8);
    return header != null && MessageDigest.isEqual(expected, header.getBytes(UTF_8));
  }

  private byte[] limited(Route route, byte[] body, Deadline deadline, ProgressListener listener) {
    if (working.incrementAndGet() > options.queue()) {
      working.decrementAndGet();
      throw new ApiError(
          503,
          "busy",
          String.format(
              Locale.ROOT, "the queue of %d requests is full; try again later", options.queue()));
    }
    try {
      return route.work().answer(body, deadline, listener);
    } finally {
      working.decrementAndGet();
    }
  }
}
