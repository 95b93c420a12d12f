package org.seq4j.runtime.translate;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * Puts requests of several threads together. A thread that calls while another may work takes all
 * waiting requests and answers them in the order they came; there are no threads of its own.
 *
 * @param <Q> a request
 * @param <A> an answer
 */
final class RequestBatcher<Q, A> {
  private final Function<List<Q>, List<A>> work;
  private final int atOnce;
  private final int most;
  private final long waitNanos;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<Call> waiting = new ArrayList<>();
  private int working; // how many threads
  private long done; // how often
  private long questionsDone;

  /** The requests of one thread. */
  private final class Call {
    private final List<Q> questions;
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
   * Makes an idle batcher.
   *
   * @param work answers requests, in their order
   * @param atOnce the number of threads that work at the same time
   * @param most the maximum number of requests in a batch; one call may have more
   * @param waitNanos how long to wait for further ones where there are fewer
   */
  RequestBatcher(Function<List<Q>, List<A>> work, int atOnce, int most, long waitNanos) {
    this.work = work;
    this.atOnce = atOnce;
    this.most = most;
    this.waitNanos = waitNanos;
  }

  /** Answers requests; throws what the work throws for them. */
  List<A> call(List<Q> questions) {
    Call mine = new Call(questions);
    lock.lock();
    try {
      waiting.add(mine);
      changed.signalAll(); // for who waits for others
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

  /** Counts the batches so far, and the requests in them. */
  Translator.Batches batches() {
    lock.lock();
    try {
      return new Translator.Batches(done, questionsDone);
    } finally {
      lock.unlock();
    }
  }

  /** Answers waiting requests, of any thread; holds the lock, but not while the work is done. */
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
    calls.forEach(call -> all.addAll(call.questions));
    try {
      List<A> answers = work.apply(all);
      int from = 0;
      for (Call call : calls) {
        call.answers = List.copyOf(answers.subList(from, from + call.questions.size()));
        from += call.questions.size();
      }
    } catch (RuntimeException | Error e) {
      if (calls.size() == 1) {
        calls.get(0).failure = e;
      } else { // one of them failed: not the others' fault
        calls.forEach(call -> answer(List.of(call)));
      }
    }
  }

  private List<A> answers(Call call) {
    if (call.failure instanceof Error error) {
      throw error;
    }
    if (call.failure instanceof RuntimeException failure) {
      throw failure;
    }
    return call.answers;
  }
}
