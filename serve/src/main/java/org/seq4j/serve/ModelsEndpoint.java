package org.seq4j.serve;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.seq4j.core.plugin.ComponentException;
import org.seq4j.runtime.error.UserException;

/** Lists and describes the models; loads, reloads and unloads them. */
final class ModelsEndpoint {
  private final ModelCatalog models;
  private final AccessToken token;
  private final ServerLog log;

  ModelsEndpoint(ModelCatalog models, AccessToken token, ServerLog log) {
    this.models = models;
    this.token = token;
    this.log = log;
  }

  /** Returns the list of all models. */
  Answer list() {
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    ArrayNode list = all.putArray("models");
    models.all().forEach(model -> list.add(ModelJson.summary(model)));
    return Answer.of(all);
  }

  /** Returns a description of a model, with its checkpoints. */
  Answer describe(Call call) {
    return Answer.of(ModelJson.description(asked(call)));
  }

  private ServedModel asked(Call call) {
    ServedModel model = models.get(call.variable("name"));
    call.ask(model);
    return model;
  }

  /** Loads the best checkpoint of a model again. */
  Answer reload(Call call) {
    ServedModel model = asked(call);
    model.use().close(); // one that is not loaded has to be loaded, which may take a token
    return load(model, "reloaded, the previous one stays in use");
  }

  /** Loads a model that was unloaded, or that is new in the folder of models. */
  Answer load(Call call) {
    checkToken();
    ServedModel model = models.find(call.variable("name"));
    call.ask(model);
    if (!model.isLoaded()) {
      Answer answer = load(model, "loaded");
      models.add(model);
      return answer;
    }
    return Answer.of(ModelJson.summary(model));
  }

  /** Frees a model, after the requests that use it. */
  Answer unload(Call call) {
    checkToken();
    ServedModel model = asked(call);
    model.unload();
    log.event(ServerLog.Level.INFO, "unloaded the model " + model.name());
    return Answer.of(ModelJson.summary(model));
  }

  private void checkToken() {
    if (!token.isRequired()) {
      throw new ApiError(
          403,
          "needs-token",
          "models can be loaded and unloaded only if the server is started with --token-file");
    }
  }

  private Answer load(ServedModel model, String how) {
    try {
      model.load();
    } catch (UserException | ComponentException e) {
      log.event(
          ServerLog.Level.ERROR,
          "the model %s could not be %s: %s".formatted(model.name(), how, e.getMessage()));
      throw failed(how);
    } catch (RuntimeException e) {
      log.failure(Optional.empty(), "the model %s could not be %s".formatted(model.name(), how), e);
      throw failed(how);
    }
    log.event(ServerLog.Level.INFO, "loaded the model " + model.name());
    return Answer.of(ModelJson.summary(model));
  }

  private static ApiError failed(String how) {
    return new ApiError(
        500, "not-loaded", "the model could not be " + how + "; see the server's log");
  }
}
