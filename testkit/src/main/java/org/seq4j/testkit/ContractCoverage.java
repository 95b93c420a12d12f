package org.seq4j.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Finds what is under test by a contract, so that a component without it is found too. */
public final class ContractCoverage {
  private ContractCoverage() {}

  /**
   * What the contract's subclasses beside a test answer, nested ones included.
   *
   * @param contract as AttentionContract
   * @param method of it that answers what is under test, as {@code attention}
   * @param test any class in the folder where tests are compiled to
   */
  public static Set<Object> of(Class<?> contract, String method, Class<?> test) {
    Set<Object> covered = new HashSet<>();
    for (Class<?> type : classes(test)) {
      if (contract.isAssignableFrom(type) && !Modifier.isAbstract(type.getModifiers())) {
        covered.add(answer(instance(type), method));
      }
    }
    return covered;
  }

  private static List<Class<?>> classes(Class<?> test) {
    try {
      Path root = Path.of(test.getProtectionDomain().getCodeSource().getLocation().toURI());
      try (Stream<Path> files = Files.walk(root)) {
        return files
            .map(file -> root.relativize(file).toString())
            .filter(name -> name.endsWith(".class"))
            .<Class<?>>map(
                name -> load(name.replaceAll("[/\\\\]", ".").replaceAll("\\.class$", "")))
            .toList();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, ContractCoverage.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Of a class, and of those around it if it is an inner one. */
  private static Object instance(Class<?> type) {
    try {
      Constructor<?> constructor = type.getDeclaredConstructors()[0];
      constructor.setAccessible(true);
      return constructor.getParameterCount() == 0
          ? constructor.newInstance()
          : constructor.newInstance(instance(type.getDeclaringClass()));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type + " cannot be made", e);
    }
  }

  private static Object answer(Object contract, String name) {
    try {
      Method method = method(contract.getClass(), name);
      method.setAccessible(true);
      return method.invoke(contract);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(contract.getClass() + "." + name, e);
    }
  }

  /** The one of a class, or of the nearest above it that has it. */
  private static Method method(Class<?> type, String name) throws NoSuchMethodException {
    boolean here =
        Arrays.stream(type.getDeclaredMethods()).anyMatch(it -> it.getName().equals(name));
    return here || type.getSuperclass() == null
        ? type.getDeclaredMethod(name)
        : method(type.getSuperclass(), name);
  }
}
