package org.seq4j.serve;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.eclipse.jetty.http.HttpHeader;

/** The paths of a server. */
final class ServerRoutes {
  private ServerRoutes() {}

  /** Creates the routes to the endpoints of a server. */
  static Router router(
      ModelCatalog models,
      ServerOptions options,
      ServerState state,
      RequestQueue queue,
      ServerMetrics metrics,
      ServerLog log) {
    RequestLimits limits = new RequestLimits(options.limits());
    AccessToken token = new AccessToken(options.token());
    TranslateEndpoint translate = new TranslateEndpoint(models, limits, queue);
    ModelsEndpoint catalog = new ModelsEndpoint(models, token, log);
    LibreTranslateEndpoint libre = new LibreTranslateEndpoint(models, limits, queue, token);
    Answer page = Answer.of("text/html;charset=utf-8", resource("page.html"));
    Answer description = Answer.of("application/json;charset=utf-8", resource("openapi.json"));
    Answer up = Answer.of(JsonNodeFactory.instance.objectNode().put("status", "up"));
    return new Router(
        List.of(
            Route.open("/", call -> page),
            Route.open("/openapi.json", call -> description),
            Route.open("/health", call -> up),
            Route.open("/ready", call -> state.readiness()),
            Route.guarded(
                "/metrics",
                call -> metrics.answer(call.request().getHeaders().get(HttpHeader.ACCEPT))),
            Route.models("GET", "/v1/models", call -> catalog.list()),
            Route.models("GET", "/v1/models/{name}", catalog::describe),
            Route.models("POST", "/v1/models/{name}/reload", catalog::reload),
            Route.models("POST", "/v1/models/{name}/load", catalog::load),
            Route.models("POST", "/v1/models/{name}/unload", catalog::unload),
            Route.models("POST", "/v1/translate", translate),
            Route.models("POST", "/v1/generate", translate), // for tasks other than translation
            Route.models("POST", "/v1/transcribe", new TranscribeEndpoint(models, limits, queue)),
            Route.models("POST", "/v1/score", new ScoreEndpoint(models, limits, queue)),
            Route.libreTranslate("GET", "/languages", call -> libre.languages()),
            Route.libreTranslate(
                "POST",
                "/detect",
                call -> {
                  throw LibreTranslateEndpoint.noDetection();
                }),
            Route.libreTranslate("POST", "/translate", libre)));
  }

  private static byte[] resource(String name) {
    try (InputStream in = ServerRoutes.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
