package org.seq4j.trainer.data.batch;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;

/**
 * An iterator whose next items a background thread prepares while the current one is used.
 *
 * <p>One thread uses it; {@link #close} may be called from another one. An exception of the
 * underlying iterator is thrown in place of the failed item, after the items before it.
 */
public final class Prefetcher<T> implements Iterator<T>, AutoCloseable {
  private static final long CLOSE_RETRY_MILLIS = 20;

  private final BlockingQueue<Message<T>> queue;
  private final Thread thread;
  private volatile boolean closed;
  private long waitedNanos;
  private Optional<Message<T>> head = Optional.empty();

  /** A message of the thread: an item, or the end, with the failure that caused it, if any. */
  private record Message<T>(Optional<T> item, Optional<Throwable> failure) {
    boolean isEnd() {
      return item.isEmpty();
    }
  }

  private Prefetcher(Iterator<? extends T> items, int capacity, String name) {
    queue = new ArrayBlockingQueue<>(capacity);
    thread = new Thread(() -> produce(items), name);
    thread.setDaemon(true);
  }

  /**
   * Starts preparing items.
   *
   * @param items the source of items, without nulls; from now on only the background thread uses it
   * @param capacity the max number of items ready at a time, at least 1
   * @param name the name of the thread
   */
  public static <T> Prefetcher<T> start(Iterator<? extends T> items, int capacity, String name) {
    Prefetcher<T> prefetcher = new Prefetcher<>(items, capacity, name);
    prefetcher.thread.start();
    return prefetcher;
  }

  private void produce(Iterator<? extends T> items) {
    try {
      while (!closed && items.hasNext()) {
        queue.put(new Message<>(Optional.of(items.next()), Optional.empty()));
      }
      queue.put(end(Optional.empty()));
    } catch (InterruptedException e) {
      // close() ends the thread; nobody takes the remaining items.
    } catch (Throwable e) { // not even an OutOfMemoryError may leave the consumer waiting forever
      hand(e);
    }
  }

  private void hand(Throwable failure) {
    try {
      queue.put(end(Optional.of(failure)));
    } catch (InterruptedException e) {
      // closed meanwhile: no consumer is left
    }
  }

  private static <T> Message<T> end(Optional<Throwable> failure) {
    return new Message<>(Optional.empty(), failure);
  }

  /**
   * Waits for the next item or the end, and returns true if there is an item.
   *
   * @throws RuntimeException if the underlying iterator threw it
   * @throws IllegalStateException if the prefetcher is closed
   * @throws CancellationException if the thread is interrupted while it waits
   */
  @Override
  public boolean hasNext() {
    if (closed) {
      throw new IllegalStateException("the prefetcher is closed");
    }
    if (head.isEmpty()) {
      head = Optional.of(take());
    }
    Message<T> message = head.get();
    message.failure().ifPresent(Prefetcher::rethrow);
    return !message.isEnd();
  }

  @Override
  public T next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    T item = head.flatMap(Message::item).orElseThrow();
    head = Optional.empty();
    return item;
  }

  private Message<T> take() {
    Message<T> ready = queue.poll();
    if (ready != null) {
      return ready;
    }
    long start = System.nanoTime();
    try {
      Message<T> message = queue.take();
      if (closed) {
        throw new IllegalStateException("the prefetcher was closed while waiting for an item");
      }
      return message;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      CancellationException cancelled = new CancellationException("interrupted while waiting");
      cancelled.initCause(e);
      throw cancelled;
    } finally {
      waitedNanos += System.nanoTime() - start;
    }
  }

  private static void rethrow(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure instanceof RuntimeException exception) {
      throw exception;
    }
    throw new IllegalStateException(failure);
  }

  /**
   * Returns the total time that the consumer has waited for items, in nanoseconds. Only the
   * consumer may call it.
   */
  public long waitedNanos() {
    return waitedNanos;
  }

  /**
   * Stops the thread and waits for its end; a consumer that waits for an item gets an exception.
   *
   * <p>Items that are ready are dropped. Closing twice does nothing.
   */
  @Override
  public void close() {
    closed = true;
    boolean interrupted = false;
    while (thread.isAlive()) {
      // Retry: the iterator may swallow an interrupt and then block on a full queue.
      thread.interrupt();
      queue.clear();
      try {
        thread.join(CLOSE_RETRY_MILLIS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    queue.clear();
    queue.offer(end(Optional.empty())); // wakes a waiting consumer
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
