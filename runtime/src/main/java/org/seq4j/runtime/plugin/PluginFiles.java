package org.seq4j.runtime.plugin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/**
 * The files of a plugin, or of a jar on the class path, inspected before any class is loaded.
 *
 * @param classPath the jar; or the folder and its jars
 * @param classFiles names of all class files, "com/acme/Foo.class"
 * @param origin origin, from the manifest or the file name
 */
record PluginFiles(List<Path> classPath, List<String> classFiles, Origin origin) {
  private static final Pattern VERSIONED = Pattern.compile("(.+?)-(\\d[\\w.+-]*)");
  private static final Pattern MULTI_RELEASE = Pattern.compile("META-INF/versions/\\d+/(.*)");

  /** Returns true if an entry of the plugins folder is a plugin. */
  static boolean isPlugin(Path path) {
    return Files.isDirectory(path) ? !name(path).startsWith(".") : isJar(path);
  }

  /** Returns true for a jar of classes; hidden files, sources and Javadoc lie beside them. */
  private static boolean isJar(Path path) {
    String name = name(path).toLowerCase(Locale.ROOT);
    return name.endsWith(".jar")
        && !name.startsWith(".") // macOS writes ._acme.jar beside acme.jar
        && !name.endsWith("-sources.jar")
        && !name.endsWith("-javadoc.jar");
  }

  /**
   * Reads a plugin.
   *
   * @throws IOException if the jar, or a jar in the folder, cannot be read
   */
  static PluginFiles ofPlugin(Path path) throws IOException {
    List<String> classFiles = new ArrayList<>();
    if (!Files.isDirectory(path)) {
      Origin origin = readJar(path, classFiles);
      Origin inFolder = new Origin(origin.name(), origin.version(), Optional.of(path));
      return new PluginFiles(List.of(path), classFiles, inFolder);
    }
    List<Path> classPath = new ArrayList<>(List.of(path));
    try (Stream<Path> children = Files.list(path)) {
      children.filter(PluginFiles::isJar).sorted().forEach(classPath::add);
    }
    for (Path jar : classPath.subList(1, classPath.size())) {
      readJar(jar, classFiles);
    }
    Path folder = path.toRealPath(); // Files.walk does not enter a symbolic link
    try (Stream<Path> files = Files.walk(folder)) {
      files.map(file -> folder.relativize(file).toString()).forEach(classFiles::add);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    classFiles.removeIf(file -> !file.endsWith(".class"));
    Origin origin = new Origin(name(path), Optional.empty(), Optional.of(path));
    return new PluginFiles(classPath, classFiles, origin);
  }

  /** Returns the origin of a plugin on the class path: a jar, or the output folder of a build. */
  static Origin classPathOrigin(Path path) {
    try {
      if (!Files.isDirectory(path)) {
        return readJar(path, new ArrayList<>());
      }
    } catch (IOException e) {
      return new Origin(name(path), Optional.empty(), Optional.empty());
    }
    Path module = path;
    for (Path above = path; above.getParent() != null; above = above.getParent()) {
      if (name(above).equals("target")) { // MODULE/target/classes
        module = above.getParent();
      }
    }
    return new Origin(name(module), Optional.empty(), Optional.empty());
  }

  private static Origin readJar(Path path, List<String> classFiles) throws IOException {
    try (JarFile jar = new JarFile(path.toFile())) {
      jar.stream()
          .map(ZipEntry::getName)
          .map(name -> MULTI_RELEASE.matcher(name).replaceFirst("$1"))
          .filter(name -> name.endsWith(".class"))
          .forEach(classFiles::add);
      Manifest manifest = jar.getManifest();
      Attributes attributes = manifest == null ? new Attributes() : manifest.getMainAttributes();
      String title = name(path).replaceFirst("(?i)\\.jar$", "");
      Optional<String> version =
          Optional.ofNullable(attributes.getValue(Attributes.Name.IMPLEMENTATION_VERSION));
      Matcher versioned = VERSIONED.matcher(title);
      if (version.isPresent() && title.endsWith("-" + version.get())) {
        title = title.substring(0, title.length() - version.get().length() - 1);
      } else if (versioned.matches()) {
        title = versioned.group(1);
        version = version.or(() -> Optional.of(versioned.group(2)));
      }
      return new Origin(title, version, Optional.empty());
    }
  }

  /** Returns the first package of the host that the plugin contains classes of. */
  Optional<String> bundled() {
    return PluginClassLoader.HOST_PACKAGES.stream()
        .filter(
            shared ->
                classFiles.stream()
                    .anyMatch(file -> file.replace('\\', '/').startsWith(directory(shared))))
        .findFirst();
  }

  private static String directory(String packageName) {
    return packageName.replace('.', '/') + "/";
  }

  /** Returns the URLs for a class loader. */
  List<URL> urls() {
    return classPath.stream().map(PluginFiles::url).toList();
  }

  private static URL url(Path path) {
    try {
      return path.toUri().toURL();
    } catch (MalformedURLException e) { // paths of the default file system always have URLs
      throw new IllegalArgumentException("not a file: " + path, e);
    }
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName());
  }
}
