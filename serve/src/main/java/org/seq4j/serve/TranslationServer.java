package org.seq4j.serve;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** An HTTP server of models, which it closes. */
public final class TranslationServer implements AutoCloseable {
  private static final int SPARE_THREADS = 32; // to reject requests while all others are busy

  private final ModelCatalog models;
  private final ServerOptions options;
  private final ServerState state = new ServerState();
  private final Server server;
  private final ServerConnector connector;

  private TranslationServer(ModelCatalog models, ServerOptions options, ServerLog log) {
    this.models = models;
    this.options = options;
    int queue = options.limits().queue();
    QueuedThreadPool threads = new QueuedThreadPool(queue + SPARE_THREADS, 8);
    threads.setName("seq4j-http");
    server = new Server(threads);
    connector = connector(server, options);
    server.addConnector(connector);
    server.addBean(new SlowClients(connector, options.connections().headerTimeout()));
    server.addBean(new NetworkConnectionLimit(options.connections().max(), connector));
    server.setStopTimeout(options.limits().timeout().toMillis());
    HttpHandler handler = handler(queue, log);
    server.setErrorHandler(handler::reject);
    server.setHandler(new GracefulHandler(handler));
  }

  private static ServerConnector connector(Server server, ServerOptions options) {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setSendDateHeader(false);
    http.setHeaderCacheCaseSensitive(
        true); // otherwise a cached header would match a token in another case
    http.setIdleTimeout(options.limits().timeout().toMillis()); // while a request is received
    ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
    connector.setHost(options.host());
    connector.setPort(options.port());
    connector.setIdleTimeout(options.connections().keepAlive().toMillis()); // between requests
    return connector;
  }

  private HttpHandler handler(int places, ServerLog log) {
    RequestQueue queue = new RequestQueue(places);
    ServerMetrics metrics = new ServerMetrics(models, queue);
    return new HttpHandler(
        ServerRoutes.router(models, options, state, queue, metrics, log),
        new AccessToken(options.token()),
        options,
        state,
        new Responder(new CrossOrigin(options.origins()), metrics, log, options.behindProxy()),
        log);
  }

  /**
   * Starts a server, which is not ready yet.
   *
   * @param models the models; the server closes them
   * @throws IOException if the server cannot listen at its address
   */
  static TranslationServer start(ModelCatalog models, ServerOptions options, ServerLog log)
      throws IOException {
    TranslationServer server = new TranslationServer(models, options, log);
    try {
      server.server.start();
      return server;
    } catch (IOException | RuntimeException e) {
      server.stop();
      throw e;
    } catch (Exception e) {
      server.stop();
      throw new IllegalStateException(e);
    }
  }

  /** Begins to answer requests to the models. */
  void ready() {
    state.ready();
  }

  /** Returns the names of the models that are loaded. */
  public List<String> models() {
    return models.all().stream().filter(ServedModel::isLoaded).map(ServedModel::name).toList();
  }

  /** Returns the address of the server. */
  public URI address() {
    String host =
        connector.getHost().contains(":") ? "[" + connector.getHost() + "]" : connector.getHost();
    return URI.create(String.format(Locale.ROOT, "http://%s:%d/", host, connector.getLocalPort()));
  }

  /** Waits until the server has stopped. */
  public void join() throws InterruptedException {
    server.join();
  }

  /**
   * Is not ready any more, answers requests for the time of draining, stops accepting requests,
   * finishes the accepted ones, and closes the models. A second call waits for the first.
   */
  @Override
  public synchronized void close() {
    if (state.isStopping()) {
      return;
    }
    state.stop();
    try {
      TimeUnit.NANOSECONDS.sleep(options.drain().toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // there is no time left
    }
    stop();
  }

  private void stop() {
    state.stop();
    try {
      server.stop();
    } catch (Exception e) { // requests that did not finish in time are aborted
      server.destroy();
    }
    models.close();
  }
}
