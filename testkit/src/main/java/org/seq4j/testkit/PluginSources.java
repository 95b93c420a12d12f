package org.seq4j.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.seq4j.core.plugin.Kind;
import org.seq4j.runtime.plugin.Providers;

/** Source code of plugins, which a test compiles and packs. */
public final class PluginSources {
  public static final String SERVICE = Providers.SERVICE;

  private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();
  private static final StandardJavaFileManager JDK =
      COMPILER.getStandardFileManager(null, null, UTF_8);

  private static final String IMPORTS =
      "package acme; import org.seq4j.core.plugin.*; import org.seq4j.core.text.*;\n";

  private final Map<String, byte[]> files = new LinkedHashMap<>();
  private final Manifest manifest = new Manifest();

  public PluginSources() {
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
  }

  /** Creates the plugin acme.AcmePlugin with one tokenizer. */
  public static PluginSources tokenizer(String name) {
    return tokenizer(name, "");
  }

  /** Creates the plugin acme.AcmePlugin with one tokenizer and further members. */
  public static PluginSources tokenizer(String name, String members) {
    return new PluginSources().plugin("AcmePlugin", name, members).provider("acme.AcmePlugin");
  }

  /** Adds a plugin class in the package acme; members may replace the required ones. */
  public PluginSources plugin(String className, String name, String members) {
    String version =
        members.contains("apiVersion") ? "" : "public int apiVersion() { return API_VERSION; }";
    String register =
        """
        public void register(Components components) {
          components.of(Tokenizer.class).add("%s", "Cuts.", Config.class, config -> null);
        }
        """
            .formatted(name);
    String body =
        """
        public class %s implements Plugin {
          public record Config() {}
          %s %s %s
        }
        """;
    return source(
        className,
        body.formatted(
            className, version, members.contains("void register") ? "" : register, members));
  }

  /** Compiles and adds a class of the package acme. */
  public PluginSources source(String className, String body) {
    files.putAll(compile(new SourceFile("acme." + className, IMPORTS + body)));
    return this;
  }

  /** Compiles and adds classes that need each other: a name, its source, and so on. */
  public PluginSources sources(String... namesAndBodies) {
    SourceFile[] sources = new SourceFile[namesAndBodies.length / 2];
    for (int i = 0; i < sources.length; i++) {
      sources[i] =
          new SourceFile("acme." + namesAndBodies[2 * i], IMPORTS + namesAndBodies[2 * i + 1]);
    }
    files.putAll(compile(sources));
    return this;
  }

  /** Lists plugin classes as services. */
  public PluginSources provider(String... classNames) {
    return file(SERVICE, (String.join("\n", classNames) + "\n").getBytes(UTF_8));
  }

  public PluginSources file(String name, byte[] content) {
    files.put(name, content);
    return this;
  }

  public PluginSources without(String name) {
    files.remove(name);
    return this;
  }

  /** Sets the version of a class file to that of a future Java release. */
  public PluginSources fromTheFuture(String name) {
    files.get(name)[7] = 127; // the lower byte of the class file's major version
    return this;
  }

  public PluginSources version(String version) {
    manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, version);
    return this;
  }

  public Path jar(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file), manifest)) {
      for (Map.Entry<String, byte[]> entry : files.entrySet()) {
        jar.putNextEntry(new JarEntry(entry.getKey()));
        jar.write(entry.getValue());
      }
    }
    return file;
  }

  public Path folder(Path folder) throws IOException {
    for (Map.Entry<String, byte[]> entry : files.entrySet()) {
      Path file = folder.resolve(entry.getKey());
      Files.createDirectories(file.getParent());
      Files.write(file, entry.getValue());
    }
    return folder;
  }

  private static Map<String, byte[]> compile(SourceFile... sources) {
    Map<String, ByteArrayOutputStream> classes = new LinkedHashMap<>();
    try (var memory =
        new ForwardingJavaFileManager<>(JDK) {
          @Override
          public void close() {} // kept open: opening the JDK takes longer than compiling

          @Override
          public JavaFileObject getJavaFileForOutput(
              Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            classes.put(name.replace('.', '/') + ".class", bytes);
            return new ClassFile(name, bytes);
          }
        }) {
      List<String> options = List.of("-proc:none", "-classpath", classPath());
      if (!COMPILER.getTask(null, memory, null, options, null, List.of(sources)).call()) {
        throw new IllegalArgumentException("does not compile: " + List.of(sources));
      }
    }
    Map<String, byte[]> bytes = new LinkedHashMap<>();
    classes.forEach((name, stream) -> bytes.put(name, stream.toByteArray()));
    return bytes;
  }

  /** Returns the class path of the tests, so that a plugin may use classes it will not find. */
  private static String classPath() {
    return System.getProperty("java.class.path");
  }

  private static final class SourceFile extends SimpleJavaFileObject {
    private final String code;

    private SourceFile(String className, String code) {
      super(URI.create("memory:/" + className.replace('.', '/') + ".java"), Kind.SOURCE);
      this.code = code;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return code;
    }
  }

  private static final class ClassFile extends SimpleJavaFileObject {
    private final OutputStream bytes;

    private ClassFile(String className, OutputStream bytes) {
      super(URI.create("memory:/" + className.replace('.', '/') + ".class"), Kind.CLASS);
      this.bytes = bytes;
    }

    @Override
    public OutputStream openOutputStream() {
      return bytes;
    }
  }
}
