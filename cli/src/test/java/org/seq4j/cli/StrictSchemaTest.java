package org.seq4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The validator ajv compiles the schemas in its strict mode. It needs Node.js and npm, which
 * installs ajv; without them the test is skipped.
 */
@Tag("slow")
class StrictSchemaTest {
  private static final String SCRIPT =
      """
      const Ajv = require("ajv/dist/2020");
      const fs = require("fs");
      const ajv = new Ajv({strict: true, allErrors: true, allowUnionTypes: false});
      const [schema, ...configs] = process.argv.slice(2).map(f => JSON.parse(fs.readFileSync(f)));
      const validate = ajv.compile(schema);
      configs.forEach(config => console.log(validate(config)));
      """;

  @TempDir Path folder;

  private record Result(int status, String output) {}

  private Result run(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), output);
  }

  private void installAjv() throws InterruptedException {
    try {
      Result installed = run("npm", "install", "--no-audit", "--no-fund", "ajv@8.17.1");
      Assumptions.assumeTrue(
          installed.status() == 0, "npm cannot install ajv: " + installed.output());
    } catch (IOException e) {
      Assumptions.abort("there is no npm, so ajv cannot be installed: " + e.getMessage());
    }
  }

  @Test
  void ajvCompilesTheSchemas() throws IOException, InterruptedException {
    installAjv();
    Files.writeString(folder.resolve("check.js"), SCRIPT);
    Files.writeString(folder.resolve("config.json"), CommandRun.of("schema").out());
    Files.writeString(folder.resolve("sweep.json"), CommandRun.of("schema", "--sweep").out());
    Files.writeString(
        folder.resolve("wide.json"),
        "{\"include\": \"a.yaml\", \"name\": \"wide\", \"model\": {\"encoder\": {\"units\": 32}}}");
    Files.writeString(
        folder.resolve("wrong.json"),
        "{\"include\": \"a.yaml\", \"model\": {\"encoder\": {\"unit\": 32}}}");
    Files.writeString(folder.resolve("partial.json"), "{\"name\": \"wide\"}");
    Files.writeString(
        folder.resolve("trials.json"),
        "{\"config\": \"a.yaml\", \"choices\": {\"model.encoder.units\": [64, 128]}}");

    assertThat(run("node", "check.js", "config.json", "wide.json", "wrong.json", "partial.json"))
        .isEqualTo(new Result(0, "true\nfalse\nfalse\n"));
    assertThat(run("node", "check.js", "sweep.json", "trials.json", "wide.json"))
        .isEqualTo(new Result(0, "true\nfalse\n"));
    assertThat(List.of("config.json", "sweep.json"))
        .allSatisfy(name -> assertThat(Files.readString(folder.resolve(name))).contains("\"$id\""));
  }
}
