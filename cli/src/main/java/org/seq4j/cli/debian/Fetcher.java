package org.seq4j.cli.debian;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.seq4j.cli.view.NumberFormats;
import org.seq4j.cli.view.TransferProgress;
import org.seq4j.runtime.io.AtomicFiles;
import org.seq4j.trainer.data.corpus.DataException;

/** Fetches files over HTTP. */
final class Fetcher {
  static final int OK = 200;

  private static final Duration CONNECT = Duration.ofSeconds(20);
  private static final long LOOK_MILLIS = 250;

  private final HttpClient client;
  private final TransferProgress progress;
  private final Duration patience;

  /**
   * Creates a fetcher.
   *
   * @param patience the time without any byte after which a transfer has failed
   */
  Fetcher(ProxySelector proxies, TransferProgress progress, Duration patience) {
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(CONNECT)
            .proxy(proxies)
            .build();
    this.progress = progress;
    this.patience = patience;
  }

  /**
   * Writes the content of an address to a stream, if the status is 200.
   *
   * @return the status of the answer
   * @throws IOException if it cannot be written
   * @throws DataException if it cannot be fetched
   */
  int fetch(URI uri, OutputStream out) throws IOException {
    Body body = new Body(out);
    HttpRequest request = HttpRequest.newBuilder(uri).header("User-Agent", "seq4j").build();
    CompletableFuture<HttpResponse<Void>> answer =
        client.sendAsync(
            request,
            head -> {
              body.expected = head.headers().firstValueAsLong("Content-Length").orElse(-1);
              return head.statusCode() == OK
                  ? BodySubscribers.ofByteArrayConsumer(body::add)
                  : BodySubscribers.discarding();
            });
    try {
      return await(uri, answer, body);
    } finally {
      answer.cancel(true);
    }
  }

  private int await(URI uri, CompletableFuture<HttpResponse<Void>> answer, Body body)
      throws IOException {
    long before = 0;
    long since = System.nanoTime();
    while (true) {
      try {
        int status = answer.get(LOOK_MILLIS, TimeUnit.MILLISECONDS).statusCode();
        if (status == OK) {
          progress.done(uri.toString(), body.written.get());
        }
        return status;
      } catch (TimeoutException e) {
        progress.at(uri.toString(), body.written.get(), body.expected);
        if (body.written.get() > before) {
          before = body.written.get();
          since = System.nanoTime();
        } else if (System.nanoTime() - since > patience.toNanos()) {
          throw failed(
              uri, "no data for " + NumberFormats.count(patience.toSeconds(), "second"), e);
        }
      } catch (ExecutionException e) {
        if (body.failure.isPresent()) {
          throw body.failure.get();
        }
        throw e.getCause() instanceof DataException known ? known : failed(uri, reason(e), e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw failed(uri, "it was interrupted", e);
      }
    }
  }

  private static String reason(ExecutionException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnresolvedAddressException) {
        return "no such host";
      } else if (cause instanceof HttpConnectTimeoutException) {
        return "no connection within " + CONNECT.toSeconds() + " seconds";
      } else if (cause instanceof IOException io && io.getMessage() != null) {
        return AtomicFiles.reason(io);
      }
    }
    return e.getCause() instanceof ConnectException ? "no connection" : e.getCause().toString();
  }

  private static DataException failed(URI uri, String reason, Exception e) {
    return new DataException(
        "cannot fetch %s: %s. Check the address, the network and the proxy (http_proxy, https_proxy). Files that are complete stay: the same command goes on from there"
            .formatted(uri, reason),
        e);
  }

  /** The content of an answer. Threads of the client write it. */
  private static final class Body {
    private final OutputStream out;
    private volatile long expected = -1;
    private final AtomicLong written = new AtomicLong();
    private volatile Optional<IOException> failure = Optional.empty();

    Body(OutputStream out) {
      this.out = out;
    }

    void add(Optional<byte[]> chunk) {
      if (chunk.isEmpty()) {
        return; // the end
      }
      try {
        out.write(chunk.get());
        written.addAndGet(chunk.get().length);
      } catch (IOException e) {
        failure = Optional.of(e);
        throw new UncheckedIOException(e);
      }
    }
  }
}
