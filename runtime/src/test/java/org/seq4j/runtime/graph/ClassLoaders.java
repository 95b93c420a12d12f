package org.seq4j.runtime.graph;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The process of {@link ClassLoadersTest}, which loads Seq4j several times. */
public final class ClassLoaders {
  private ClassLoaders() {}

  /** Prints a line for each event. */
  public static void main(String[] arguments) throws IOException, ReflectiveOperationException {
    // As in Spark: a thread whose context class loader does not find the services of the JDK.
    Thread.currentThread().setContextClassLoader(new URLClassLoader(new URL[0], null));
    for (String name : List.of("first", "second")) {
      try (URLClassLoader loader = new URLClassLoader(classPath(), new WithoutSeq4j())) {
        System.out.println(name + ": infer " + call(loader, "infer"));
        System.out.println(name + ": train " + call(loader, "train"));
      } // closed: what it has registered must work without it
    }
    try (URLClassLoader loader =
        new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
      System.out.println("own TensorFlow: infer " + call(loader, "infer"));
      System.out.println("own TensorFlow: train " + call(loader, "train"));
    }
  }

  private static Object call(ClassLoader loader, String method)
      throws ReflectiveOperationException {
    Class<?> program = Class.forName(LoadedProgram.class.getName(), true, loader);
    if (program == LoadedProgram.class) {
      throw new IllegalStateException("expected a class of its own");
    }
    try {
      return program.getMethod(method).invoke(null);
    } catch (InvocationTargetException e) {
      return e.getCause();
    }
  }

  private static URL[] classPath() throws MalformedURLException {
    List<URL> urls = new ArrayList<>();
    String path = System.getProperty("java.class.path");
    for (String entry : path.split(Pattern.quote(File.pathSeparator), -1)) {
      urls.add(new File(entry).toURI().toURL());
    }
    return urls.toArray(URL[]::new);
  }

  /** Shares the libraries of this process, TensorFlow among them. */
  private static final class WithoutSeq4j extends ClassLoader {
    WithoutSeq4j() {
      super(ClassLoaders.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith("org.seq4j.")) {
        throw new ClassNotFoundException(name);
      }
      return super.loadClass(name, resolve);
    }
  }
}
