package org.seq4j.runtime.plugin;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.seq4j.core.data.CorpusException;
import org.seq4j.core.plugin.ComponentException;
import org.seq4j.runtime.error.UserException;

/**
 * An exception whose cause is in the code of a plugin, which the class loaders of its stack frames
 * tell. It is for the plugin's author, neither for the user nor for the authors of Seq4j.
 *
 * @param component the component, "the attention 'acme'", if known
 * @param jar the jar or folder of the plugin
 * @param place class, method, file and line of the plugin's topmost frame, if there is one
 * @param problem what happened
 */
public record PluginFault(
    Optional<String> component, String jar, Optional<String> place, String problem) {

  /** Parts of the messages of TensorFlow for an operand of another graph, open or closed. */
  private static final List<String> OTHER_GRAPH =
      List.of("was from a different graph", "close() has been called on the Graph");

  /**
   * Finds the plugin at fault.
   *
   * @return empty if no plugin is at fault, or the message of the exception is for users
   */
  public static Optional<PluginFault> of(Throwable thrown, ComponentRegistry registry) {
    List<Throwable> chain = causes(thrown);
    return isForUsers(chain)
        ? Optional.empty()
        : Stream.concat(
                chain.stream().flatMap(one -> byFrames(one, registry).stream()),
                chain.stream().flatMap(one -> byResult(one, registry).stream()))
            .findFirst()
            .map(fault -> fault.component().isPresent() ? fault : fault.of(making(chain)));
  }

  /** Returns the component that was being made. */
  private static Optional<String> making(List<Throwable> chain) {
    return chain.stream()
        .filter(one -> one instanceof ComponentException)
        .map(one -> "the " + ((ComponentException) one).component())
        .findFirst();
  }

  private PluginFault of(Optional<String> other) {
    return new PluginFault(other, jar, place, problem);
  }

  /**
   * Returns true if the root cause is for users: it says so by its type, or it is an {@link
   * IllegalArgumentException} that was caught where a component may throw one for users.
   */
  private static boolean isForUsers(List<Throwable> chain) {
    Throwable root = chain.get(0);
    return root instanceof UserException
        || root instanceof IOException
        || root instanceof CorpusException
        || (root instanceof IllegalArgumentException
            && !keepsOperand(root)
            && chain.stream()
                .anyMatch(
                    one ->
                        one instanceof UserException
                            || (one instanceof ComponentException e && e.isRejection())));
  }

  /**
   * Returns true if a component uses an operand of another graph, which it keeps in a field. The
   * message of such an exception is not for users, whatever its type.
   */
  public static boolean keepsOperand(Throwable thrown) {
    String message = String.valueOf(thrown.getMessage());
    return OTHER_GRAPH.stream().anyMatch(message::contains);
  }

  /** Returns the place in a plugin that an exception was thrown in, or passed through. */
  public static Optional<String> placeOf(Throwable thrown) {
    return causes(thrown).stream()
        .flatMap(one -> frames(one).limit(1))
        .map(frame -> place(frame) + ", " + jar(frame))
        .findFirst();
  }

  /** Returns an exception and its causes, the deepest first. */
  private static List<Throwable> causes(Throwable thrown) {
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>()); // causes may circle
    List<Throwable> found = new ArrayList<>();
    for (Throwable one = thrown; one != null && seen.add(one); one = one.getCause()) {
      found.add(0, one);
    }
    return found;
  }

  private static Optional<PluginFault> byFrames(Throwable thrown, ComponentRegistry registry) {
    List<StackTraceElement> frames = frames(thrown).toList();
    if (frames.isEmpty()) {
      return Optional.empty();
    }
    Optional<String> component =
        frames.stream()
            .flatMap(
                frame ->
                    registry.componentOf(frame.getClassLoaderName(), frame.getClassName()).stream())
            .findFirst();
    String jar = jar(frames.get(0));
    return Optional.of(
        new PluginFault(component, jar, Optional.of(place(frames.get(0))), problem(thrown)));
  }

  /** Finds the component that returned something wrong; its frame is gone by then. */
  private static Optional<PluginFault> byResult(Throwable thrown, ComponentRegistry registry) {
    if (thrown instanceof ComponentException e) {
      return registry.entries().stream()
          .filter(
              entry -> "%s '%s'".formatted(entry.kind().name(), entry.name()).equals(e.component()))
          .flatMap(entry -> entry.origin().plugin().stream())
          .map(
              path ->
                  new PluginFault(
                      Optional.of("the " + e.component()),
                      Origin.shortened(path),
                      Optional.empty(),
                      e.problem()))
          .findFirst();
    }
    if (thrown instanceof ComponentException.WrongResult e
        && e.component().getClassLoader() instanceof PluginClassLoader loader) {
      return Optional.of(
          new PluginFault(
              registry.componentOf(loader.getName(), e.component().getName()),
              loader.getName().substring(PluginClassLoader.NAME.length()),
              Optional.empty(),
              e.getMessage()));
    }
    return Optional.empty();
  }

  private static Stream<StackTraceElement> frames(Throwable thrown) {
    return Arrays.stream(thrown.getStackTrace())
        .filter(
            frame ->
                frame.getClassLoaderName() != null
                    && frame.getClassLoaderName().startsWith(PluginClassLoader.NAME));
  }

  private static String jar(StackTraceElement frame) {
    return frame.getClassLoaderName().substring(PluginClassLoader.NAME.length());
  }

  private static String place(StackTraceElement frame) {
    String line = frame.getLineNumber() < 0 ? "" : ":" + frame.getLineNumber();
    return "%s.%s (%s%s)"
        .formatted(frame.getClassName(), frame.getMethodName(), frame.getFileName(), line);
  }

  private static String problem(Throwable thrown) {
    String message = String.valueOf(thrown.getMessage());
    if (keepsOperand(thrown)) {
      return "it uses an operand of another graph. A component is built into several graphs: keep"
          + " no operand in a field; return it from prepare instead";
    }
    if (thrown instanceof LinkageError) {
      return ComponentException.message("it", thrown);
    }
    String name = thrown.getClass().getSimpleName();
    return thrown.getMessage() == null
        ? name
        : name + ": " + message.lines().findFirst().orElse("");
  }

  /** The message, for the author of the plugin. */
  public String message() {
    return "%s of the plugin %s failed%s: %s. This is a fault of the plugin: tell its author"
        .formatted(component.orElse("code"), jar, place.map(it -> " in " + it).orElse(""), problem);
  }
}
