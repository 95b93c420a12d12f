package org.seq4j.serve;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** An HTTP server of models, which it closes. */
public final class TranslationServer implements AutoCloseable {
  private static final int SPARE_THREADS = 32; // to reject requests while all others are busy

  private final Map<String, ServedModel> models;
  private final Server server;
  private final ServerConnector connector;
  private final AtomicBoolean stopping = new AtomicBoolean();

  private TranslationServer(
      Map<String, ServedModel> models, ServerOptions options, PrintStream accessLog) {
    this.models = models;
    AtomicInteger working = new AtomicInteger();
    ServerMetrics figures = new ServerMetrics(models, working::get);
    QueuedThreadPool threads = new QueuedThreadPool(options.queue() + SPARE_THREADS, 8);
    threads.setName("seq4j-http");
    server = new Server(threads);
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setSendDateHeader(false);
    http.setHeaderCacheCaseSensitive(
        true); // otherwise a cached header would match a token in another case
    connector = new ServerConnector(server, new HttpConnectionFactory(http));
    connector.setHost(options.host());
    connector.setPort(options.port());
    connector.setIdleTimeout(options.timeout().toMillis());
    server.addConnector(connector);
    server.setErrorHandler(TranslationServer::malformed);
    server.setStopTimeout(options.timeout().toMillis());
    server.setHandler(
        new GracefulHandler(
            new HttpHandler(
                new ModelCatalog(models),
                options,
                figures,
                new AccessLog(accessLog, options.logTexts()),
                working,
                () -> !stopping.get())));
  }

  /**
   * Starts a server.
   *
   * @param models the models by name; the server closes them
   * @param accessLog receives a line for each request
   * @throws IOException if the server cannot listen at its address
   */
  static TranslationServer start(
      Map<String, ServedModel> models, ServerOptions options, PrintStream accessLog)
      throws IOException {
    TranslationServer server = new TranslationServer(models, options, accessLog);
    try {
      server.server.start();
      return server;
    } catch (IOException | RuntimeException e) {
      server.close();
      throw e;
    } catch (Exception e) {
      server.close();
      throw new IllegalStateException(e);
    }
  }

  /** Answers malformed HTTP requests, which do not reach the handler. */
  private static boolean malformed(Request request, Response response, Callback callback) {
    int status = response.getStatus();
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json;charset=utf-8");
    byte[] body = HttpHandler.error(status, "malformed", "malformed HTTP request");
    response.write(true, ByteBuffer.wrap(body), callback);
    return true;
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
   * Stops accepting requests, finishes the accepted ones, and closes the models. A second call
   * waits for the first.
   */
  @Override
  public synchronized void close() {
    if (stopping.getAndSet(true)) {
      return;
    }
    try {
      server.stop();
    } catch (Exception e) { // requests that did not finish in time are aborted
      server.destroy();
    }
    models.values().forEach(ServedModel::close);
  }
}
