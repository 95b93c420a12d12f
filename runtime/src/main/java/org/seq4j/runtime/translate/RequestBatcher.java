package org.seq4j.runtime.translate;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * Batches the requests of several threads. A calling thread takes all waiting requests, if another
 * thread may work, and answers them in order of arrival; the batcher has no threads of its own.
 *
 * @param <Q> type of requests
 * @param <A> type of answers
 */
final class RequestBatcher<Q, A> {
  private final Function<List<Q>, List<A>> work;
  private final int atOnce;
  private final int most;
  private final long waitNanos;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<Call> waiting = new ArrayList<>();
  private int working; // number of working threads
  private long done; // number of completed batches
  private long questionsDone;

  /** The requests of one thread. */
  private final class Call {
    private final List<Q> questions;
    private final long asked = System.nanoTime();
    private long begun;
    private long ended;
    private List<A> answers;
    private Throwable failure;

    Call(List<Q> questions) {
      this.questions = questions;
    }

    boolean isDone() {
      return answers != null || failure != null;
    }
  }

  /**
   * Creates a batcher.
   *
   * @param work computes the answers of requests, in their order
   * @param atOnce maximum number of threads that work at the same time
   * @param most maximum number of requests in a batch; a single call may have more
   * @param waitNanos time to wait for further requests if there are fewer
   */
  RequestBatcher(Function<List<Q>, List<A>> work, int atOnce, int most, long waitNanos) {
    this.work = work;
    this.atOnce = atOnce;
    this.most = most;
    this.waitNanos = waitNanos;
  }

  /**
   * The answers to the requests of one thread.
   *
   * @param waited nanoseconds between the call and the beginning of the work
   * @param worked nanoseconds of the work, which other requests may share
   */
  record Answers<T>(List<T> all, long waited, long worked) {}

  /** Answers requests; throws any exception of the work for them. */
  List<A> call(List<Q> questions) {
    return timed(questions).all();
  }

  /** Answers requests like {@link #call}, and returns the time that it took. */
  Answers<A> timed(List<Q> questions) {
    Call mine = new Call(questions);
    lock.lock();
    try {
      waiting.add(mine);
      changed.signalAll(); // wakes threads that wait for more requests
      while (!mine.isDone()) {
        if (working < atOnce && waiting.contains(mine)) {
          lead();
        } else {
          changed.awaitUninterruptibly();
        }
      }
    } finally {
      lock.unlock();
    }
    return answers(mine);
  }

  /** Returns the number of batches so far, and of requests in them. */
  Translator.Batches batches() {
    lock.lock();
    try {
      return new Translator.Batches(done, questionsDone);
    } finally {
      lock.unlock();
    }
  }

  /** Answers waiting requests of any thread; releases the lock during the work. */
  private void lead() {
    working++;
    try {
      waitForOthers();
      List<Call> calls = take();
      done++;
      questionsDone += calls.stream().mapToInt(call -> call.questions.size()).sum();
      lock.unlock();
      try {
        answer(calls);
      } finally {
        lock.lock();
      }
    } finally {
      working--;
      changed.signalAll();
    }
  }

  private void waitForOthers() {
    long left = waitNanos;
    while (left > 0 && size() < most) {
      try {
        left = changed.awaitNanos(left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private int size() {
    return waiting.stream().mapToInt(call -> call.questions.size()).sum();
  }

  private List<Call> take() {
    List<Call> taken = new ArrayList<>();
    int questions = 0;
    while (!waiting.isEmpty()
        && (taken.isEmpty() || questions + waiting.get(0).questions.size() <= most)) {
      Call call = waiting.remove(0);
      questions += call.questions.size();
      taken.add(call);
    }
    return taken;
  }

  private void answer(List<Call> calls) {
    List<Q> all = new ArrayList<>();
    long begun = System.nanoTime();
    for (Call call : calls) {
      all.addAll(call.questions);
      call.begun = begun;
    }
    try {
      List<A> answers = work.apply(all);
      long ended = System.nanoTime();
      int from = 0;
      for (Call call : calls) {
        call.answers = List.copyOf(answers.subList(from, from + call.questions.size()));
        call.ended = ended;
        from += call.questions.size();
      }
    } catch (RuntimeException | Error e) {
      if (calls.size() == 1) {
        calls.get(0).failure = e;
      } else { // a request failed: the others are answered separately
        calls.forEach(call -> answer(List.of(call)));
      }
    }
  }

  private Answers<A> answers(Call call) {
    if (call.failure instanceof Error error) {
      throw error;
    }
    if (call.failure instanceof RuntimeException failure) {
      throw failure;
    }
    return new Answers<>(call.answers, call.begun - call.asked, call.ended - call.begun);
  }
}
