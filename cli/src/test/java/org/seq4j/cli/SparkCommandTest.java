package org.seq4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code seq4j spark}, with a program in the place of spark-submit. */
class SparkCommandTest {
  @TempDir Path folder;

  @Test
  void theLineHasTheJarsTheSettingsAndTheJob() {
    CommandRun printed =
        CommandRun.of(
            "spark",
            "--print",
            "--master",
            "yarn",
            "--conf",
            "spark.task.cpus=4",
            "--conf",
            "spark.executor.memoryOverhead=3g",
            "--submit=--deploy-mode",
            "--submit=cluster",
            "--jar",
            "all.jar",
            "--native",
            "native.jar",
            "--jars",
            "plugin.jar",
            "translate",
            "hdfs:///run",
            "--set",
            "search.rules.required=[it's]",
            "--help");
    assertThat(printed.err()).isEmpty();
    assertThat(printed.out().replaceFirst("^\\S*spark-submit", "spark-submit"))
        .isEqualTo(
            "spark-submit --class org.seq4j.spark.Main --master yarn"
                + " --conf spark.executor.extraJavaOptions=-Dorg.bytedeco.javacpp.cachedir=./seq4j-native"
                + " --conf spark.task.cpus=4 --conf spark.executor.memoryOverhead=3g"
                + " --jars native.jar,plugin.jar --deploy-mode cluster all.jar"
                + " translate hdfs:///run --set 'search.rules.required=[it'\\''s]' --help\n");
    assertThat(printed.status()).isZero();
  }

  @Test
  void theLineOfThePageIsUnderstood() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "cluster.md"));
    List<String> words =
        page.lines()
            .filter(line -> line.startsWith("seq4j spark "))
            .map(line -> List.of(line.split(" ", -1)))
            .findFirst()
            .orElseThrow();
    List<Object> run = new ArrayList<>(List.of("spark", "--print", "--jar", "x", "--native", "y"));
    run.addAll(words.subList(2, words.size()));
    CommandRun printed = CommandRun.of(run.toArray());
    assertThat(printed.err()).isEmpty();
    int verb = words.indexOf("translate");
    assertThat(printed.out())
        .endsWith(" --jars y x " + String.join(" ", words.subList(verb, words.size())) + "\n")
        .contains(String.join(" ", words.subList(4, verb)), "spark.executor.memoryOverhead=2g");
  }

  @Test
  void theStatusIsThatOfSpark() throws IOException {
    Path program = folder.resolve("bin/spark-submit");
    Files.createDirectories(program.getParent());
    Files.writeString(program, "#!/bin/sh\nprintf '%s\\n' \"$@\" > \"${0%/*}/words\"\nexit 7\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    CommandRun run =
        CommandRun.of(
            "spark",
            "--spark-home",
            folder,
            "--jar",
            "a b.jar",
            "--native",
            "none",
            "score",
            "run");
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isEqualTo(7);
    assertThat(Files.readAllLines(program.resolveSibling("words")))
        .endsWith("a b.jar", "score", "run")
        .doesNotContain("--jars", "--master");
  }

  @Test
  void whatIsMissingIsNamed() {
    CommandRun home =
        CommandRun.of(
            "spark", "--spark-home", folder, "--jar", "x", "--native", "y", "score", "run");
    assertThat(home.err())
        .isEqualTo(
            "seq4j: %s is not the folder of Spark: there is no program %s\n"
                .formatted(folder, folder.resolve("bin/spark-submit")));
    assertThat(home.status()).isEqualTo(1);
    assertThat(CommandRun.of("spark", "--print", "--native", "y", "score", "run").err())
        .contains("there is no seq4j-spark-*-all.jar in ")
        .contains("name it by --jar");
    assertThat(CommandRun.of("spark", "--print", "--jar", "x", "score", "run").err())
        .contains("there is no tensorflow-core-native-*.jar in ")
        .contains("name it by --native");
    CommandRun verb = CommandRun.of("spark", "--print", "--jar", "x");
    assertThat(verb.err()).contains("Missing required parameter: 'VERB'");
    assertThat(verb.status()).isEqualTo(2);
  }
}
