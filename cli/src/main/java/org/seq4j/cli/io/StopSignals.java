package org.seq4j.cli.io;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * Handles SIGINT (Ctrl-C), SIGTERM and SIGHUP: the first signal asks the current work to stop and
 * save, a later one ends the process at once.
 *
 * <p>Copies of the first signal, which come right behind it, are ignored: {@code timeout} and many
 * supervisors pass on a signal that the whole group of processes got already.
 *
 * <p>A shutdown hook would handle the first signal only, and could not set the exit status. {@code
 * sun.misc.Signal} is not part of the Java API, though every JDK has it, so it is used by
 * reflection. If it is missing, or the JVM was started with -Xrs, Ctrl-C ends the process as usual.
 */
public final class StopSignals implements AutoCloseable {
  private static final List<String> NAMES = List.of("INT", "TERM", "HUP");
  private static final int HALTED = 130; // 128 + SIGINT, as shells report it
  private static final Duration COPIES = Duration.ofSeconds(1);

  private final Runnable stop;
  private final LongSupplier clock;
  private final Runnable halt;
  private final AtomicReference<Long> first = new AtomicReference<>(); // its time; null: none yet
  private final Map<Object, Object> previous = new LinkedHashMap<>(); // handlers by signal

  /**
   * Creates a listener that hears nothing yet.
   *
   * @param stop called at the first signal
   * @param clock the time in nanoseconds
   * @param halt called at a later signal
   */
  StopSignals(Runnable stop, LongSupplier clock, Runnable halt) {
    this.stop = stop;
    this.clock = clock;
    this.halt = halt;
  }

  /**
   * Handles signals until it is closed.
   *
   * @param stop called at the first signal, on another thread
   */
  public static StopSignals listen(Runnable stop) {
    StopSignals listener =
        new StopSignals(stop, System::nanoTime, () -> Runtime.getRuntime().halt(HALTED));
    NAMES.forEach(listener::register);
    return listener;
  }

  /** Returns true if a signal was received. */
  boolean stopped() {
    return first.get() != null;
  }

  /** Hears a signal. */
  void received() {
    long now = clock.getAsLong();
    if (first.compareAndSet(null, now)) {
      stop.run();
    } else if (now - first.get() > COPIES.toNanos()) {
      halt.run();
    }
  }

  private void register(String name) {
    try {
      Class<?> type = handlerType();
      Object handler =
          Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, this::call);
      Object signal =
          Class.forName("sun.misc.Signal").getConstructor(String.class).newInstance(name);
      previous.put(signal, handle(signal, handler));
    } catch (ReflectiveOperationException e) {
      // this JVM or system has no such signal
    }
  }

  /** Implements the methods of the proxy: the handler's, and those of Object. */
  private Object call(Object proxy, Method method, Object[] arguments) {
    return switch (method.getName()) {
      case "equals" -> proxy == arguments[0];
      case "hashCode" -> System.identityHashCode(proxy);
      case "toString" -> "StopSignals";
      default -> {
        received();
        yield null;
      }
    };
  }

  @Override
  public void close() {
    try {
      for (Map.Entry<Object, Object> entry : previous.entrySet()) {
        handle(entry.getKey(), entry.getValue());
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e); // the same call worked in register
    }
  }

  /** Sets a handler and returns the previous one. */
  private static Object handle(Object signal, Object handler) throws ReflectiveOperationException {
    return signal
        .getClass()
        .getMethod("handle", signal.getClass(), handlerType())
        .invoke(null, signal, handler);
  }

  private static Class<?> handlerType() throws ClassNotFoundException {
    return Class.forName("sun.misc.SignalHandler");
  }
}
