package org.seq4j.runtime.translate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RequestBatcherTest {
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  private static List<String> answer(List<Integer> questions) {
    return questions.stream().map(it -> "answer " + it).toList();
  }

  /** Lets the first work wait until it is let go. */
  private static final class Gate {
    final CountDownLatch begun = new CountDownLatch(1);
    final CountDownLatch open = new CountDownLatch(1);
    final List<List<Integer>> batches = Collections.synchronizedList(new ArrayList<>());

    List<String> work(List<Integer> questions) {
      batches.add(List.copyOf(questions));
      begun.countDown();
      try {
        open.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return answer(questions);
    }
  }

  @Test
  void whatComesWhileOthersAreAnsweredIsAnsweredTogether() throws Exception {
    Gate gate = new Gate();
    RequestBatcher<Integer, String> combiner = new RequestBatcher<>(gate::work, 1, 5, 0);
    Future<List<String>> first = threads.submit(() -> combiner.call(List.of(0)));
    gate.begun.await();
    List<Future<List<String>>> later = new ArrayList<>();
    for (int i = 1; i <= 4; i++) {
      int number = i;
      later.add(threads.submit(() -> combiner.call(List.of(2 * number, 2 * number + 1))));
      TimeUnit.MILLISECONDS.sleep(50); // so that they come in this order
    }
    gate.open.countDown();
    assertThat(first.get()).containsExactly("answer 0");
    for (int i = 1; i <= 4; i++) {
      assertThat(later.get(i - 1).get())
          .containsExactly("answer " + 2 * i, "answer " + (2 * i + 1));
    }
    assertThat(gate.batches).containsExactly(List.of(0), List.of(2, 3, 4, 5), List.of(6, 7, 8, 9));
    assertThat(combiner.batches()).isEqualTo(new Translator.Batches(3, 9));
  }

  @Test
  void oneCallMayHaveMoreThanIsPutTogether() {
    RequestBatcher<Integer, String> combiner =
        new RequestBatcher<>(RequestBatcherTest::answer, 1, 2, 0);
    assertThat(combiner.call(List.of(1, 2, 3))).hasSize(3);
    assertThat(combiner.call(List.of())).isEmpty();
  }

  @Test
  void itWaitsForOthersButNotForLong() throws Exception {
    AtomicInteger batches = new AtomicInteger();
    RequestBatcher<Integer, String> combiner =
        new RequestBatcher<>(
            questions -> {
              batches.incrementAndGet();
              return answer(questions);
            },
            1,
            3,
            Duration.ofSeconds(20).toNanos());
    List<Future<List<String>>> calls = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      int number = i;
      calls.add(threads.submit(() -> combiner.call(List.of(number))));
    }
    for (Future<List<String>> call : calls) {
      assertThat(call.get(10, TimeUnit.SECONDS)).hasSize(1);
    }
    assertThat(batches).hasValue(1);
  }

  @Test
  void whatFailsFailsForWhoAskedForIt() throws Exception {
    Gate gate = new Gate();
    RequestBatcher<Integer, String> combiner =
        new RequestBatcher<>(
            questions -> {
              List<String> answers = gate.work(questions);
              if (questions.contains(2)) {
                throw new IllegalStateException("of 2");
              }
              return answers;
            },
            1,
            9,
            0);
    Future<List<String>> first = threads.submit(() -> combiner.call(List.of(0)));
    gate.begun.await();
    Future<List<String>> good = threads.submit(() -> combiner.call(List.of(1)));
    Future<List<String>> bad = threads.submit(() -> combiner.call(List.of(2)));
    Future<List<String>> other = threads.submit(() -> combiner.call(List.of(3)));
    TimeUnit.MILLISECONDS.sleep(200);
    gate.open.countDown();
    assertThat(first.get()).hasSize(1);
    assertThat(good.get()).containsExactly("answer 1");
    assertThat(other.get()).containsExactly("answer 3");
    assertThatThrownBy(bad::get).hasRootCauseMessage("of 2");
    assertThat(combiner.call(List.of(4))).containsExactly("answer 4");
  }

  @Test
  void manyThreadsGetTheirOwnAnswers() throws Exception {
    RequestBatcher<Integer, String> combiner =
        new RequestBatcher<>(RequestBatcherTest::answer, 2, 8, 0);
    List<Future<?>> all = new ArrayList<>();
    for (int thread = 0; thread < 16; thread++) {
      int base = 1000 * thread;
      all.add(
          threads.submit(
              () -> {
                for (int i = 0; i < 500; i++) {
                  assertThat(combiner.call(List.of(base + i)))
                      .containsExactly("answer " + (base + i));
                }
              }));
    }
    for (Future<?> one : all) {
      one.get();
    }
    assertThat(combiner.batches().texts()).isEqualTo(16 * 500);
  }
}
