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

/** Finds the components that contracts test, in order to find components without a contract. */
public final class ContractCoverage {
  private ContractCoverage() {}

  /**
   * Returns the components under test in all subclasses of a contract, including nested classes.
   *
   * @param contract the contract, such as AttentionContract
   * @param method the method that returns the component under test, such as {@code attention}
   * @param test any class in the folder of compiled tests
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

  /** Creates an instance of a class, and of its enclosing classes if it is an inner class. */
  private static Object instance(Class<?> type) {
    try {
      Constructor<?> constructor = type.getDeclaredConstructors()[0];
      constructor.setAccessible(true);
      return constructor.getParameterCount() == 0
          ? constructor.newInstance()
          : constructor.newInstance(instance(type.getDeclaringClass()));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type + " cannot be instantiated", e);
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

  /** Returns the method of a class, or of its nearest superclass that declares it. */
  private static Method method(Class<?> type, String name) throws NoSuchMethodException {
    boolean here =
        Arrays.stream(type.getDeclaredMethods()).anyMatch(it -> it.getName().equals(name));
    return here || type.getSuperclass() == null
        ? type.getDeclaredMethod(name)
        : method(type.getSuperclass(), name);
  }
}
