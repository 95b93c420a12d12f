package org.seq4j.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The driver's end of a worker. */
final class WorkerProcess implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String name;
  private final Process process;
  private final BufferedWriter requests;
  private final BufferedReader replies;

  private WorkerProcess(String name, Process process) {
    this.name = name;
    this.process = process;
    this.requests =
        new BufferedWriter(
            new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
    this.replies =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /**
   * Starts one.
   *
   * @param folder for its log and for what libraries unpack
   * @param preload a library to be loaded before all others
   */
  static WorkerProcess start(
      String name, Class<?> main, Path folder, int threads, Optional<Path> preload)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms32m",
                "-Xmx2g",
                "-Dai.djl.offline=true",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    builder.environment().put("TF_CPP_MIN_LOG_LEVEL", "2");
    builder.environment().put("DJL_CACHE_DIR", folder.resolve("djl").toString());
    builder.environment().put("ENGINE_CACHE_DIR", folder.resolve("djl").toString());
    builder.environment().put("OMP_NUM_THREADS", Integer.toString(threads));
    preload.ifPresent(library -> builder.environment().put("LD_PRELOAD", library.toString()));
    builder.redirectError(ProcessBuilder.Redirect.appendTo(folder.resolve("workers.log").toFile()));
    return new WorkerProcess(name, builder.start());
  }

  Reply ask(Request request) throws IOException {
    requests.write(JSON.writeValueAsString(request));
    requests.newLine();
    requests.flush();
    String line = replies.readLine();
    if (line == null) {
      throw new IOException(name + ": the process has ended");
    }
    Reply reply = JSON.readValue(line, Reply.class);
    if (reply.error() != null) {
      throw new IOException(name + ": " + reply.error());
    }
    return reply;
  }

  @Override
  public void close() throws IOException {
    try {
      requests.close();
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      process.destroyForcibly(); // it had ended already
    }
  }
}
