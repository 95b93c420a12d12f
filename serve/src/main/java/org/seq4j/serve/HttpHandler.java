package org.seq4j.serve;

import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.seq4j.runtime.error.UserException;
import org.seq4j.runtime.plugin.ComponentRegistry;
import org.seq4j.runtime.plugin.PluginFault;

/** Finds the endpoint of each request, and turns exceptions into errors. */
final class HttpHandler extends Handler.Abstract {
  private static final int MALFORMED = 400;

  private final Router router;
  private final AccessToken token;
  private final ServerOptions options;
  private final ServerState state;
  private final Responder responder;
  private final ServerLog log;

  HttpHandler(
      Router router,
      AccessToken token,
      ServerOptions options,
      ServerState state,
      Responder responder,
      ServerLog log) {
    this.router = router;
    this.token = token;
    this.options = options;
    this.state = state;
    this.responder = responder;
    this.log = log;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    long begun = System.nanoTime();
    String id = Call.id(request);
    String path = Request.getPathInContext(request);
    LineStream lines = new LineStream(response);
    responder.begin(id, request, response);
    Call call = call(request, Map.of(), begun, lines);
    Answer answer;
    try {
      Router.Match match = router.find(request.getMethod(), path);
      call = call(request, match.variables(), begun, lines);
      answer =
          match.route().isPresent()
              ? answer(match.route().get(), call, id)
              : Answer.empty(responder.origins().preflight(request, match.allowed()));
    } catch (ApiError error) {
      answer = Answer.of(error, router.errors(path));
    }
    responder.end(id, begun, router.known(path), call, answer, lines, response, callback);
    return true;
  }

  private Call call(Request request, Map<String, String> variables, long begun, LineStream lines) {
    Deadline deadline = new Deadline(begun + options.limits().timeout().toNanos());
    return new Call(request, variables, options.limits(), deadline, lines);
  }

  private Answer answer(Route route, Call call, String id) {
    try {
      if (!route.open()) {
        token.check(call.request());
      }
      if (route.models()) {
        state.checkModels();
      }
      return route.endpoint().answer(call);
    } catch (ApiError error) {
      return Answer.of(error, route.errors());
    } catch (UserException.OfRequest | UserException.OfData asked) {
      return Answer.of(ApiError.bad(asked.getMessage()), route.errors());
    } catch (RuntimeException | Error e) {
      Optional<PluginFault> plugin = PluginFault.of(e, ComponentRegistry.of());
      String whose = plugin.map(fault -> ": " + fault.message()).orElse("");
      log.failure(Optional.of(id), route.path() + " failed" + whose, e);
      return Answer.of(
          new ApiError(500, "failed", "internal error; see the server's log"), route.errors());
    }
  }

  /** Answers requests that do not reach the handler: malformed ones, and those after the end. */
  boolean reject(Request request, Response response, Callback callback) {
    long begun = System.nanoTime();
    int status = response.getStatus() < MALFORMED ? 500 : response.getStatus();
    ApiError error =
        switch (status) {
          case 503 -> ApiError.later("stopping", "the server is stopping");
          case 414, 431 ->
              new ApiError(status, "headers-too-large", "the path or the headers are too long");
          case 500 -> new ApiError(500, "failed", "internal error; see the server's log");
          default -> new ApiError(status, "malformed", "malformed HTTP request");
        };
    String id = Call.id(request);
    LineStream lines = new LineStream(response);
    responder.begin(id, request, response);
    Call call = call(request, Map.of(), begun, lines);
    Answer answer = Answer.of(error, ErrorFormat.SEQ4J);
    responder.end(id, begun, "other", call, answer, lines, response, callback);
    return true;
  }
}
