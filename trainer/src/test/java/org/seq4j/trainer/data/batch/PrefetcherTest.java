package org.seq4j.trainer.data.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.seq4j.trainer.data.corpus.DataException;

@Timeout(30)
class PrefetcherTest {
  private static final String NAME = "prefetcher-test";

  @Test
  void givesEveryItemInOrder() {
    try (Prefetcher<Integer> items = start(List.of(1, 2, 3, 4, 5).iterator(), 2)) {
      List<Integer> all = new ArrayList<>();
      items.forEachRemaining(all::add);
      assertThat(all).containsExactly(1, 2, 3, 4, 5);
    }
  }

  @Test
  void endsLikeAnyIterator() {
    try (Prefetcher<Integer> items = start(List.<Integer>of().iterator(), 2)) {
      assertThat(items.hasNext()).isFalse();
      assertThatThrownBy(items::next).isInstanceOf(NoSuchElementException.class);
    }
  }

  @Test
  void preparesNoMoreThanItsCapacity() throws InterruptedException {
    AtomicInteger made = new AtomicInteger();
    try (Prefetcher<Integer> items = start(Stream.generate(made::incrementAndGet).iterator(), 3)) {
      assertThat(items.next()).isEqualTo(1);
      Thread.sleep(100); // time to go too far
      // One taken, three ready, one made that does not fit.
      assertThat(made).hasValueLessThanOrEqualTo(5);
    }
  }

  @Test
  void throwsWhatTheIteratorThrewAfterTheItemsBefore() {
    Iterator<Integer> failing =
        Stream.of(1, 0).map(i -> i == 0 ? fail("line 7 is bad") : i).iterator();
    try (Prefetcher<Integer> items = start(failing, 2)) {
      assertThat(items.next()).isEqualTo(1);
      assertThatThrownBy(items::next).isInstanceOf(DataException.class).hasMessage("line 7 is bad");
    }
  }

  private static Integer fail(String message) {
    throw new DataException(message);
  }

  @Test
  void throwsErrorsToo() {
    Iterator<Integer> failing =
        Stream.<Integer>generate(
                () -> {
                  throw new OutOfMemoryError("too large a batch");
                })
            .iterator();
    try (Prefetcher<Integer> items = start(failing, 2)) {
      assertThatThrownBy(items::hasNext).isInstanceOf(OutOfMemoryError.class);
    }
  }

  @Test
  void closingStopsAThreadBlockedAtAFullQueue() {
    Prefetcher<Integer> items = start(Stream.generate(() -> 1).iterator(), 1);
    items.next();
    items.close();
    assertThat(threads()).isEmpty();
  }

  @Test
  void closingStopsAThreadWhoseIteratorSwallowsInterrupts() {
    Prefetcher<Integer> items =
        start(
            Stream.generate(
                    () -> {
                      try {
                        Thread.sleep(10);
                      } catch (InterruptedException e) {
                        return 0; // swallowed
                      }
                      return 1;
                    })
                .iterator(),
            1);
    items.next();
    items.close();
    assertThat(threads()).isEmpty();
  }

  @Test
  void closingTwiceDoesNothing() {
    Prefetcher<Integer> items = start(List.of(1).iterator(), 1);
    items.close();
    items.close();
    assertThat(threads()).isEmpty();
  }

  @Test
  void isOfNoUseOnceClosed() {
    Prefetcher<Integer> items = start(List.of(1).iterator(), 1);
    items.close();
    assertThatIllegalStateException()
        .isThrownBy(items::hasNext)
        .withMessage("the prefetcher is closed");
  }

  @Test
  void closingWakesAConsumerThatWaits() throws InterruptedException {
    Prefetcher<Integer> items = start(never(), 1);
    AtomicReference<Throwable> seen = new AtomicReference<>();
    Thread consumer = consumer(items, seen);
    items.close();
    consumer.join();
    assertThat(seen.get())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the prefetcher was closed while waiting for an item");
  }

  @Test
  void anInterruptedConsumerStopsWaiting() throws InterruptedException {
    try (Prefetcher<Integer> items = start(never(), 1)) {
      AtomicReference<Throwable> seen = new AtomicReference<>();
      Thread consumer = consumer(items, seen);
      consumer.interrupt();
      consumer.join();
      assertThat(seen.get())
          .isInstanceOf(CancellationException.class)
          .hasMessage("interrupted while waiting");
    }
  }

  @Test
  void measuresHowLongTheConsumerWaited() {
    CountDownLatch asked = new CountDownLatch(1);
    Iterator<Integer> slow =
        Stream.of(1)
            .map(
                i -> {
                  await(asked);
                  pause(50);
                  return i;
                })
            .iterator();
    try (Prefetcher<Integer> items = start(slow, 1)) {
      asked.countDown();
      items.next();
      assertThat(items.waitedNanos()).isGreaterThan(10_000_000L);
    }
  }

  private static Prefetcher<Integer> start(Iterator<Integer> items, int capacity) {
    return Prefetcher.start(items, capacity, NAME);
  }

  private static Stream<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals(NAME));
  }

  /** An iterator that blocks until its thread is interrupted. */
  private static Iterator<Integer> never() {
    return Stream.generate(
            () -> {
              await(new CountDownLatch(1));
              return 1;
            })
        .iterator();
  }

  /** Starts a thread that asks for an item, and returns when it waits for it. */
  private static Thread consumer(Prefetcher<Integer> items, AtomicReference<Throwable> seen)
      throws InterruptedException {
    Thread consumer = new Thread(items::next, "consumer");
    consumer.setUncaughtExceptionHandler((thread, failure) -> seen.set(failure));
    consumer.start();
    while (consumer.getState() != Thread.State.WAITING) {
      Thread.sleep(1);
    }
    return consumer;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
