package org.seq4j.serve;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.ByteBuffer;
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

/** A server of models; it owns them. */
public final class TranslationServer implements AutoCloseable {
  private static final int SPARE_THREADS = 32; // that refuse while all others work

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
    http.setHeaderCacheCaseSensitive(true); // or a token would do in any case, after the right one
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
   * Starts one.
   *
   * @param models by name, the server's to close
   * @param accessLog where a line is written for each request
   * @throws IOException if it cannot listen there
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

  /** What is no request of HTTP, which no handler sees. */
  private static boolean malformed(Request request, Response response, Callback callback) {
    int status = response.getStatus();
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json;charset=utf-8");
    byte[] body = HttpHandler.error(status, "malformed", "this is not a request that HTTP allows");
    response.write(true, ByteBuffer.wrap(body), callback);
    return true;
  }

  /** Where it listens. */
  public URI address() {
    String host =
        connector.getHost().contains(":") ? "[" + connector.getHost() + "]" : connector.getHost();
    return URI.create("http://%s:%d/".formatted(host, connector.getLocalPort()));
  }

  /** Waits until it has stopped. */
  public void join() throws InterruptedException {
    server.join();
  }

  /**
   * Takes no more requests, finishes those that it took, and closes the models. Whoever closes it a
   * second time waits for the first.
   */
  @Override
  public synchronized void close() {
    if (stopping.getAndSet(true)) {
      return;
    }
    try {
      server.stop();
    } catch (Exception e) { // what was not done in time is given up
      server.destroy();
    }
    models.values().forEach(ServedModel::close);
  }
}
