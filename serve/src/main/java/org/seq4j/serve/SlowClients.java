package org.seq4j.serve;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Closes connections on which the head of a request takes too long to arrive. Jetty has only a
 * timeout between two bytes, which a client that sends a byte now and then never reaches; hence the
 * look into its parser.
 */
final class SlowClients extends AbstractLifeCycle {
  private static final long PERIOD_MILLIS = 500;

  private final ServerConnector connector;
  private final Duration timeout;
  private Map<EndPoint, Head> heads = new HashMap<>();
  private Scheduler.Task next;

  /**
   * The head of a request that is arriving.
   *
   * @param messages the number of requests on the connection before
   * @param since the time on the clock of System.nanoTime()
   */
  private record Head(long messages, long since) {}

  SlowClients(ServerConnector connector, Duration timeout) {
    this.connector = connector;
    this.timeout = timeout;
  }

  @Override
  protected void doStart() {
    schedule();
  }

  private synchronized void schedule() {
    if (isStarting() || isRunning()) {
      next = connector.getScheduler().schedule(this::check, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private void check() {
    try {
      Map<EndPoint, Head> arriving = new HashMap<>();
      for (EndPoint client : connector.getConnectedEndPoints()) {
        if (client.getConnection() instanceof HttpConnection connection && isArriving(connection)) {
          Head head = head(client, connection.getMessagesIn());
          if (System.nanoTime() - head.since() > timeout.toNanos()) {
            client.close();
          } else {
            arriving.put(client, head);
          }
        }
      }
      heads = arriving;
    } finally {
      schedule();
    }
  }

  private Head head(EndPoint client, long messages) {
    Head known = heads.get(client);
    return known != null && known.messages() == messages
        ? known
        : new Head(messages, System.nanoTime());
  }

  /** Returns true if the head has begun, or if it is the first and has not. */
  private static boolean isArriving(HttpConnection connection) {
    HttpParser parser = connection.getParser();
    return parser.isStart()
        ? connection.getMessagesIn() == 0
        : !parser.isIdle() && !parser.inContentState();
  }

  @Override
  protected synchronized void doStop() {
    if (next != null) {
      next.cancel();
    }
  }
}
