package org.seq4j.cli.io;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Lets Ctrl-C, and what else asks a process to end, stop the work in hand instead: the first asks
 * it to stop and save, the second ends the process at once.
 *
 * <p>A shutdown hook would do for the first only, and could not choose the exit status. The class
 * for signals is not part of Java's interface, though every JDK has it: it is used by reflection,
 * and where it is not there, or the JVM was started with -Xrs, Ctrl-C ends the process as usual.
 */
public final class StopSignals implements AutoCloseable {
  private static final List<String> NAMES = List.of("INT", "TERM", "HUP");
  private static final int HALTED = 130; // as shells report a process that Ctrl-C ended

  private final Runnable stop;
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final Map<Object, Object> previous = new LinkedHashMap<>(); // handlers by signal

  private StopSignals(Runnable stop) {
    this.stop = stop;
  }

  /**
   * Listens until it is closed.
   *
   * @param stop what the first signal does, on a thread of its own
   */
  public static StopSignals listen(Runnable stop) {
    StopSignals listener = new StopSignals(stop);
    NAMES.forEach(listener::register);
    return listener;
  }

  /** Whether a signal came. */
  boolean stopped() {
    return stopped.get();
  }

  private void received() {
    if (stopped.compareAndSet(false, true)) {
      stop.run();
    } else {
      Runtime.getRuntime().halt(HALTED);
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
      // This JVM, or this system, has no such signal.
    }
  }

  /** What the proxy does: it handles, and is an object. */
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
      throw new IllegalStateException(e); // it worked a moment ago
    }
  }

  /** Sets a handler and gives the one before it. */
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
