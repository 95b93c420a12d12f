package org.seq4j.spark;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/** Runs {@code SparkSubmit} in a process of its own, with the jars of one version of Spark. */
final class SparkProcess {
  private static final List<String> MODULES =
      List.of(
          "java.lang",
          "java.lang.invoke",
          "java.lang.reflect",
          "java.io",
          "java.net",
          "java.nio",
          "java.util",
          "java.util.concurrent",
          "java.util.concurrent.atomic",
          "sun.nio.ch",
          "sun.nio.cs",
          "sun.security.action",
          "sun.util.calendar");
  private static final long SECONDS = 240;
  private static final String OPTIMIZE = "-Dseq4j.optimizeGraphs=";

  private final Version version;
  private final Path folder;
  private Optional<Path> before = Optional.empty();
  private String master = "local[2]";
  private Optional<String> property = Optional.empty();
  private List<Duration> kills = List.of();
  private Optional<BooleanSupplier> doomed = Optional.empty(); // when the driver is
  private Duration last = Duration.ZERO; // that it has to live then

  private List<String> executorOptions = List.of();
  private Optional<Consumer<ProcessHandle>> watcher = Optional.empty(); // of executors

  /** A version of Spark, whose jars are in a folder beside this module. */
  enum Version {
    SPARK_3_5("spark-3.5", "2.12"),
    SPARK_4("spark-4", "2.13");

    private final String module;
    private final String scala;

    Version(String module, String scala) {
      this.module = module;
      this.scala = scala;
    }

    Path home() {
      return Path.of(module, "target", "home").toAbsolutePath();
    }
  }

  /**
   * Result of a process.
   *
   * @param killed the number of executors that were killed, or 1 if the driver was
   */
  record Result(int status, String out, String err, int killed) {}

  /**
   * Creates a process.
   *
   * @param folder folder for temporary files of Spark
   */
  SparkProcess(Version version, Path folder) {
    this.version = version;
    this.folder = folder;
  }

  SparkProcess master(String other) {
    master = other;
    return this;
  }

  /**
   * Kills an executor several times, as {@code kill -9} does.
   *
   * @param pauses the time before each kill
   */
  SparkProcess killingExecutors(List<Duration> pauses) {
    kills = pauses;
    return this;
  }

  /**
   * Kills the driver, as {@code kill -9} does.
   *
   * @param event tells that something has happened
   * @param after the time from then on
   */
  SparkProcess killingDriver(BooleanSupplier event, Duration after) {
    doomed = Optional.of(event);
    last = after;
    return this;
  }

  /**
   * Watches executors, ten times a second each.
   *
   * @param options options of Java for executors
   */
  SparkProcess watchingExecutors(Consumer<ProcessHandle> other, String... options) {
    watcher = Optional.of(other);
    executorOptions = List.of(options);
    return this;
  }

  private static void watch(Process process, Consumer<ProcessHandle> watcher)
      throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    while (System.nanoTime() < end && !process.waitFor(100, TimeUnit.MILLISECONDS)) {
      executors(process).forEach(watcher);
    }
  }

  private static Stream<ProcessHandle> executors(Process process) {
    return process
        .descendants()
        .filter(it -> it.info().commandLine().orElse("").contains("CoarseGrainedExecutorBackend"));
  }

  private int killDriver(Process process, BooleanSupplier event) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    while (process.isAlive() && System.nanoTime() < end && !event.getAsBoolean()) {
      Thread.sleep(20);
    }
    boolean ended = process.waitFor(last.toMillis(), TimeUnit.MILLISECONDS);
    process.destroyForcibly();
    return ended ? 0 : 1;
  }

  private int kill(Process process) throws InterruptedException {
    if (doomed.isPresent()) {
      return killDriver(process, doomed.get());
    }
    if (watcher.isPresent()) {
      watch(process, watcher.get());
    }
    int killed = 0;
    for (Duration pause : kills) {
      if (process.waitFor(pause.toMillis(), TimeUnit.MILLISECONDS)) {
        break;
      }
      Optional<ProcessHandle> executor = executors(process).findAny();
      killed += executor.map(ProcessHandle::destroyForcibly).orElse(false) ? 1 : 0;
    }
    return killed;
  }

  /**
   * Optimizes graphs, which changes last digits, if this process does: without the profile {@code
   * slow}, tests do not.
   */
  SparkProcess optimizingAsHere() {
    property = Optional.of(OPTIMIZE + System.getProperty("seq4j.optimizeGraphs", "true"));
    return this;
  }

  /** Puts the jars of a folder before those of Spark, in the driver and in executors. */
  SparkProcess before(Path jars) {
    before = Optional.of(jars);
    return this;
  }

  /** Runs the main class of the module's jar. */
  Result run(String... arguments) throws IOException, InterruptedException {
    return submit(Main.class.getName(), List.of(nativeJar()), allJar(), arguments);
  }

  /** Runs a program that is compiled with the tests. */
  Result program(Class<?> program, String... arguments) throws IOException, InterruptedException {
    try {
      Path classes = Path.of(program.getProtectionDomain().getCodeSource().getLocation().toURI());
      return program(program.getName(), classes, arguments);
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
  }

  /**
   * Runs a program.
   *
   * @param program name of its main class
   * @param classes folder of its class files
   */
  Result program(String program, Path classes, String... arguments)
      throws IOException, InterruptedException {
    return submit(program, List.of(nativeJar(), allJar()), jarOf(program, classes), arguments);
  }

  private Result submit(String main, List<Path> jars, Path jar, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = java();
    List<String> all = new ArrayList<>(); // settings of Spark
    property.ifPresent(command::add);
    List<String> ofExecutors = new ArrayList<>(executorOptions);
    property.ifPresent(ofExecutors::add);
    if (!ofExecutors.isEmpty()) {
      all.add("spark.executor.extraJavaOptions=" + String.join(" ", ofExecutors));
    }
    command.addAll(List.of("-Xmx1g", "-Djdk.reflect.useDirectMethodHandle=false"));
    command.addAll(
        List.of("-cp", before.map(it -> it + "/*:").orElse("") + version.home() + "/jars/*"));
    command.addAll(List.of("org.apache.spark.deploy.SparkSubmit", "--master", master));
    before.ifPresent(
        it -> {
          all.add("spark.driver.extraClassPath=" + it + "/*");
          all.add("spark.executor.extraClassPath=" + it + "/*");
        });
    all.add("spark.driver.host=127.0.0.1");
    all.add("spark.ui.enabled=false");
    all.add("spark.sql.warehouse.dir=" + folder.resolve("warehouse"));
    all.forEach(it -> command.addAll(List.of("--conf", it)));
    command.addAll(List.of("--class", main));
    command.addAll(List.of("--jars", String.join(",", jars.stream().map(Path::toString).toList())));
    command.add(jar.toString());
    command.addAll(List.of(arguments));
    Path out = Files.createTempFile(folder, "out", ".txt");
    Path err = Files.createTempFile(folder, "err", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().putAll(environment(version, folder));
    Process process = builder.start();
    int killed;
    try {
      killed = kill(process);
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("no end after " + SECONDS + " s: " + Files.readString(err, UTF_8));
      }
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    return new Result(
        process.exitValue(), Files.readString(out, UTF_8), Files.readString(err, UTF_8), killed);
  }

  /** Returns the start of a command of Java that can run Spark. */
  static List<String> java() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    MODULES.forEach(it -> command.add("--add-opens=java.base/" + it + "=ALL-UNNAMED"));
    return command;
  }

  /**
   * Returns the environment variables of a process of Spark.
   *
   * @param folder folder for its temporary files
   */
  static Map<String, String> environment(Version version, Path folder) {
    return Map.of(
        "SPARK_HOME",
        version.home().toString(),
        "SPARK_SCALA_VERSION",
        version.scala,
        "SPARK_LOCAL_IP",
        "127.0.0.1",
        "SPARK_LOCAL_DIRS",
        folder.toString(),
        "SPARK_WORKER_DIR",
        folder.resolve("work").toString(),
        "TF_CPP_MIN_LOG_LEVEL",
        "2");
  }

  /** Returns the lines of the files that Spark has written, in the order of their names. */
  static List<String> lines(Path out) throws IOException {
    List<String> all = new ArrayList<>();
    try (Stream<Path> files = Files.list(out)) {
      List<Path> parts =
          files.filter(it -> it.getFileName().toString().startsWith("part-")).sorted().toList();
      for (Path part : parts) {
        all.addAll(Files.readAllLines(part, UTF_8));
      }
    }
    return all;
  }

  /** The jar that a user takes to a cluster. */
  static Path allJar() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("seq4j.spark.target")))) {
      return files
          .filter(it -> it.getFileName().toString().endsWith("-all.jar"))
          .findFirst()
          .orElseThrow()
          .toAbsolutePath();
    }
  }

  /** The jar with TensorFlow's native library. */
  private static Path nativeJar() {
    return Stream.of(System.getProperty("java.class.path").split(java.io.File.pathSeparator))
        .filter(it -> it.matches(".*tensorflow-core-native-[^-]*-.*\\.jar"))
        .map(Path::of)
        .findFirst()
        .orElseThrow();
  }

  private Path jarOf(String program, Path classes) throws IOException {
    Path jar = folder.resolve("program.jar");
    Path main = classes.resolve(program.replace('.', '/') + ".class");
    String inner = main.getFileName().toString().replace(".class", "$");
    try (OutputStream written = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(written);
        Stream<Path> files = Files.list(main.getParent())) {
      for (Path file : files.filter(it -> it.equals(main) || isIn(inner, it)).sorted().toList()) {
        out.putNextEntry(new ZipEntry(classes.relativize(file).toString().replace('\\', '/')));
        Files.copy(file, out);
        out.closeEntry();
      }
    }
    return jar;
  }

  private static boolean isIn(String inner, Path file) {
    return file.getFileName().toString().startsWith(inner);
  }
}
