package org.seq4j.spark;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A master and workers of Spark, each a process of its own, on the loopback interface. */
final class StandaloneCluster implements AutoCloseable {
  private static final String HOST = "127.0.0.1";
  private static final long SECONDS = 60;

  private final SparkProcess.Version version;
  private final Path folder;
  private final List<Process> processes = new ArrayList<>();
  private final String address;

  /**
   * Starts a cluster. Workers and jobs wait for each other.
   *
   * @param folder folder for logs and temporary files
   * @param workers number of workers, which have one core each
   */
  StandaloneCluster(SparkProcess.Version version, Path folder, int workers)
      throws IOException, InterruptedException {
    this.version = version;
    this.folder = Files.createDirectories(folder);
    int port = freePort();
    address = "spark://" + HOST + ":" + port;
    boolean started = false;
    try {
      start(folder.resolve("master.log"), "master.Master", "--port", Integer.toString(port));
      await(port);
      for (int i = 0; i < workers; i++) {
        Path log = folder.resolve("worker-" + i + ".log");
        start(log, "worker.Worker", "--cores", "1", "--memory", "2g", address);
      }
      started = true;
    } finally {
      if (!started) {
        close();
      }
    }
  }

  private void start(Path log, String type, String... arguments) throws IOException {
    List<String> command = SparkProcess.java();
    command.addAll(List.of("-Xmx256m", "-cp", version.home() + "/jars/*"));
    command.add("org.apache.spark.deploy." + type);
    command.addAll(List.of("--host", HOST, "--webui-port", "0"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().putAll(SparkProcess.environment(version, folder));
    processes.add(builder.start());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Waits until somebody listens at a port. */
  private static void await(int port) throws InterruptedException {
    for (int i = 0; i < 10 * SECONDS; i++) {
      try {
        new Socket(InetAddress.getLoopbackAddress(), port).close();
        return;
      } catch (IOException e) {
        Thread.sleep(100); // not yet
      }
    }
    throw new AssertionError("no master after " + SECONDS + " s");
  }

  /** Returns the number of executors that workers have started so far. */
  long executors() throws IOException {
    try (Stream<Path> started = Files.walk(folder.resolve("work"), 2)) {
      return started.filter(it -> it.getFileName().toString().matches("\\d+")).count();
    }
  }

  /** The address for {@code --master}. */
  String address() {
    return address;
  }

  @Override
  public void close() {
    List<ProcessHandle> all = new ArrayList<>();
    processes.forEach(it -> all.add(it.toHandle())); // first: a worker would start executors anew
    processes.forEach(it -> it.descendants().forEach(all::add));
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(it -> it.onExit().join()); // they write into the folder
  }
}
