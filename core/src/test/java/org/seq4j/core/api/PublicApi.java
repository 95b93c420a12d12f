package org.seq4j.core.api;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What plugins can see of core, a line a signature, sorted. A line that has gone, and a new
 * abstract method, break plugins that were compiled before; other new lines do not.
 *
 * @param version {@link org.seq4j.core.plugin.Plugin#API_VERSION} that goes with it
 */
record PublicApi(int version, SortedSet<String> lines) {
  private static final String VERSION = "API_VERSION ";
  private static final String HAS_DEFAULT = " default";

  /** Of compiled classes. */
  static PublicApi of(Path classes, int version) throws IOException {
    SortedSet<String> lines = new TreeSet<>();
    try (Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(it -> it.toString().endsWith(".class")).toList()) {
        String name = classes.relativize(file).toString().replace('/', '.').replace('\\', '.');
        if (!name.endsWith("-info.class")) {
          addTo(lines, load(name.substring(0, name.length() - ".class".length())));
        }
      }
    }
    return new PublicApi(version, lines);
  }

  /** As it was accepted. */
  static PublicApi read(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    return new PublicApi(
        Integer.parseInt(lines.get(0).substring(VERSION.length())),
        new TreeSet<>(lines.subList(1, lines.size())));
  }

  void write(Path file) throws IOException {
    List<String> all = new ArrayList<>();
    all.add(VERSION + version);
    all.addAll(lines);
    Files.write(file, all);
  }

  /** The lines that this has and another has not. */
  List<String> without(PublicApi other) {
    return lines.stream().filter(line -> !other.lines().contains(line)).toList();
  }

  /** What breaks plugins that were compiled against this, if another takes its place. */
  List<String> brokenBy(PublicApi later) {
    List<String> breaking = new ArrayList<>(without(later));
    for (String line : later.without(this)) {
      int colon = line.indexOf(": ");
      boolean demanded = colon > 0 && line.contains(" abstract ") && !line.endsWith(HAS_DEFAULT);
      if (demanded && hasType(line.substring(0, colon))) {
        breaking.add(line);
      }
    }
    return breaking;
  }

  private boolean hasType(String name) {
    return lines.stream().anyMatch(line -> line.contains(" " + name + " :"));
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, PublicApi.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void addTo(SortedSet<String> lines, Class<?> type) {
    for (Class<?> at = type; at != null; at = at.getDeclaringClass()) {
      if (!seen(at.getModifiers())) {
        return;
      }
    }
    String parents =
        Stream.concat(
                Stream.ofNullable(type.getGenericSuperclass()),
                Arrays.stream(type.getGenericInterfaces()))
            .map(parent -> " " + parent.getTypeName())
            .collect(Collectors.joining());
    String kind = type.isInterface() ? "interface" : "class";
    String modifiers =
        Modifier.toString(
            type.getModifiers()
                & ~Modifier.INTERFACE
                & (type.isInterface() ? ~Modifier.ABSTRACT : -1));
    lines.add("%s %s %s :%s".formatted(modifiers, kind, type.getName(), parents));
    for (Field field : type.getDeclaredFields()) {
      if (seen(field.getModifiers()) && !field.isSynthetic()) {
        lines.add(type.getName() + ": " + field.toGenericString());
      }
    }
    Stream.<Executable>concat(
            Arrays.<Constructor<?>>stream(type.getDeclaredConstructors()),
            Arrays.<Method>stream(type.getDeclaredMethods()))
        .filter(member -> seen(member.getModifiers()) && !member.isSynthetic())
        .forEach(member -> lines.add(type.getName() + ": " + words(member)));
  }

  private static String words(Executable member) {
    boolean hasDefault = member instanceof Method method && method.getDefaultValue() != null;
    return member.toGenericString() + (hasDefault ? HAS_DEFAULT : "");
  }

  private static boolean seen(int modifiers) {
    return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
  }
}
