package org.seq4j.runtime.plugin;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The names of components by their classes, which are known when they are made. They tell whose
 * code failed, given a frame of a stack trace.
 */
final class MadeComponents {

  /** A class; two plugins may have classes of the same name. */
  private record Type(String loader, String name) {}

  private final Map<Type, String> names = new ConcurrentHashMap<>();
  private final List<MadeComponents> others = new ArrayList<>();

  /** Also finds what another registry makes. */
  void add(MadeComponents other) {
    others.add(other);
  }

  /** Notes a component, "the attention 'acme'", and returns it. */
  <T> T note(String component, T instance) {
    if (instance != null) {
      Class<?> type = instance.getClass();
      String loader = type.getClassLoader() == null ? null : type.getClassLoader().getName();
      String name = type.getName().replaceFirst("\\$\\$Lambda.*", ""); // frames lack it
      names.putIfAbsent(new Type(loader, name), component);
    }
    return instance;
  }

  /** Finds the component that a class, or a class around it, implements. */
  Optional<String> find(String loader, String className) {
    String name = className;
    while (true) {
      String found = names.get(new Type(loader, name));
      if (found != null) {
        return Optional.of(found);
      }
      int nested = name.lastIndexOf('$');
      if (nested < 0) {
        return others.stream().flatMap(other -> other.find(loader, className).stream()).findFirst();
      }
      name = name.substring(0, nested);
    }
  }
}
