package org.seq4j.spark;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands and the program of docs/cluster.md work, each on one version of Spark. */
final class ClusterPageTest {
  private static final Path PAGE = Path.of("..", "docs", "cluster.md");

  @TempDir static Path folder;
  private static Path run;

  @BeforeAll
  static void train() throws IOException {
    run = ToyRun.train(folder);
  }

  /** Returns the blocks of code of a language, which may be empty. */
  private static List<String> blocks(String language) throws IOException {
    Matcher matcher =
        Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```").matcher(Files.readString(PAGE, UTF_8));
    return matcher
        .results()
        .filter(found -> found.group(1).equals(language))
        .map(found -> found.group(2))
        .toList();
  }

  @Test
  @Tag("slow")
  void itsCommandsWork() throws Exception {
    Files.writeString(folder.resolve("corpus.txt"), "a b c\nd e\n", UTF_8);
    Files.writeString(folder.resolve("pairs.tsv"), "a b\ta b\n", UTF_8);
    List<String> lines =
        blocks("").stream()
            .flatMap(String::lines)
            .filter(line -> line.startsWith("spark-submit"))
            .toList();
    assertThat(lines).hasSize(4);
    Path ofSounds = ToySounds.train(folder);
    Files.copy(folder.resolve("toy.yaml"), folder.resolve("experiment.yaml"));
    for (int i = 0; i < lines.size(); i++) {
      List<String> words = new ArrayList<>(List.of(lines.get(i).split(" ")));
      assertThat(words.subList(1, 6))
          .containsExactly(
              "--class", Main.class.getName(), "--jars", "NATIVE", "seq4j-spark-all.jar");
      List<String> arguments = new ArrayList<>();
      for (String word : words.subList(6, words.size())) {
        arguments.add(
            word.equals("RUN")
                ? (words.contains("transcribe") ? ofSounds : run).toString()
                : word.matches("(corpus|pairs|scores|experiment|sounds|texts).*")
                    ? folder.resolve(word).toString()
                    : word);
      }
      SparkProcess.Version version =
          i == 0 ? SparkProcess.Version.SPARK_3_5 : SparkProcess.Version.SPARK_4;
      SparkProcess.Result result =
          new SparkProcess(version, folder).run(arguments.toArray(String[]::new));
      assertThat(result.status()).as(result.out() + result.err()).isZero();
    }
    assertThat(folder.resolve("corpus.en/_SUCCESS")).exists();
    assertThat(folder.resolve("scores/_SUCCESS")).exists();
    assertThat(folder.resolve("texts/_SUCCESS")).exists();
    assertThat(folder.resolve("experiment/checkpoints")).isNotEmptyDirectory();
  }

  @Test
  @Tag("slow")
  void itsProgramWorks() throws Exception {
    Path classes = compiled("TranslateTable", blocks("java").get(0));
    Path table = folder.resolve("table.json");
    Files.writeString(
        table, "{\"german\": \"a b\", \"id\": 7}\n{\"german\": null, \"id\": 8}\n", UTF_8);
    SparkProcess.Result result =
        new SparkProcess(SparkProcess.Version.SPARK_4, folder)
            .program(
                "TranslateTable",
                classes,
                run.toString(),
                table.toString(),
                folder.resolve("pipeline").toString(),
                folder.resolve("table.parquet").toString());
    assertThat(result.status()).as(result.out() + result.err()).isZero();
    assertThat(folder.resolve("table.parquet/_SUCCESS")).exists();
    assertThat(folder.resolve("pipeline/stages")).isDirectory();
  }

  @Test
  @Tag("slow")
  void itsTrainingProgramWorks() throws Exception {
    assertThat(blocks("java")).hasSize(2);
    Path classes = compiled("TrainOnTable", blocks("java").get(1));
    List<String> rows = new ArrayList<>();
    for (String text : ToyRun.sources(100, 5)) {
      rows.add(
          "{\"german\": \"%s\", \"english\": \"%s\", \"validation\": %s}"
              .formatted(text, text, rows.size() % 10 == 0));
    }
    Path table = Files.write(folder.resolve("pairs.json"), rows, UTF_8);
    Path config =
        Files.writeString(
            folder.resolve("table.yaml"),
            Files.readString(folder.resolve("toy.yaml"), UTF_8)
                .replaceAll("(?m)^(data:|  (train|dev): ).*\\n", ""),
            UTF_8);
    SparkProcess.Result result =
        new SparkProcess(SparkProcess.Version.SPARK_4, folder)
            .program(
                "TrainOnTable",
                classes,
                config.toString(),
                table.toString(),
                folder.resolve("model").toString());
    assertThat(result.status()).as(result.out() + result.err()).isZero();
    assertThat(folder.resolve("model/run.zip")).isNotEmptyFile();
  }

  private static Path compiled(String name, String program) throws IOException {
    Path classes = Files.createDirectories(folder.resolve("classes"));
    Path source = classes.resolve(name + ".java");
    Files.writeString(source, program, UTF_8);
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-d",
                classes.toString(),
                "-cp",
                System.getProperty("java.class.path"),
                source.toString());
    assertThat(status).isZero();
    return classes;
  }

  @Test
  void itsJobIsOneOfKubernetes() throws IOException {
    JsonNode job = new YAMLMapper().readTree(blocks("yaml").get(0));
    assertThat(job.path("kind").asText()).isEqualTo("Job");
    JsonNode container = job.at("/spec/template/spec/containers/0");
    assertThat(container.at("/args/0").asText()).contains("seq4j translate /models/de-en --input");
    List<String> volumes =
        Stream.of(0, 1)
            .map(i -> job.at("/spec/template/spec/volumes/" + i + "/name").asText())
            .toList();
    container
        .path("volumeMounts")
        .forEach(mount -> assertThat(volumes).contains(mount.path("name").asText()));
  }
}
