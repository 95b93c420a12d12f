package org.seq4j.spark;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.seq4j.runtime.translate.Translation;
import org.seq4j.runtime.translate.Translator;

/** The jar on both versions of Spark, in processes of their own. */
final class SparkTest {
  @TempDir static Path folder;
  private static Path run;
  private static Path lines;
  private static List<String> sources;
  private static List<Translation> expected;

  @BeforeAll
  static void train() throws IOException {
    run = ToyRun.train(folder);
    sources = new ArrayList<>(ToyRun.sources(1500, 9));
    sources.set(3, "");
    sources.set(700, "unknown words");
    lines = Files.write(folder.resolve("lines.txt"), sources, UTF_8);
    try (Translator translator = Translator.load(run)) {
      expected = translator.translate(sources);
    }
  }

  @Test
  @Tag("slow")
  void aPipelineGivesTheAnswersOfTheModelInAnyPartition() throws Exception {
    Path out = Files.createDirectory(folder.resolve("pipeline-3.5"));
    success(
        new SparkProcess(SparkProcess.Version.SPARK_3_5, folder)
            .before(old())
            .program(PipelineProgram.class, "save", run.toString(), lines.toString(), out + ""));
    checkTables(out);
    // saved by 3.5, loaded by 4, in another process and without the run
    Path moved = Files.move(run, folder.resolve("moved"));
    try {
      success(
          new SparkProcess(SparkProcess.Version.SPARK_4, folder)
              .program(PipelineProgram.class, "load", "none", lines.toString(), out.toString()));
    } finally {
      Files.move(moved, run);
    }
    assertThat(out.resolve("loaded.tsv")).hasSameTextualContentAs(out.resolve("pipeline.tsv"));
  }

  @Test
  void aPipelineIsTheSameOnSpark4() throws Exception {
    Path out = Files.createDirectory(folder.resolve("pipeline-4"));
    success(
        new SparkProcess(SparkProcess.Version.SPARK_4, folder)
            .program(PipelineProgram.class, "save", run.toString(), lines.toString(), out + ""));
    checkTables(out);
  }

  /** Other rows in a batch change the last bit of a score in one of a hundred. */
  @ParameterizedTest
  @EnumSource(SparkProcess.Version.class)
  @Tag("slow")
  void manyLinesHaveTheAnswersAndScoresOfTheModel(SparkProcess.Version version) throws Exception {
    List<String> many = ToyRun.sources(20_000, 20);
    Path file = Files.write(folder.resolve("many.txt"), many, UTF_8);
    Path out = Files.createDirectory(folder.resolve("many-" + version));
    List<Translation> wanted;
    try (Translator translator = Translator.load(run)) {
      wanted = translator.translate(many);
    }
    success(
        new SparkProcess(version, folder)
            .before(old())
            .optimizingAsHere()
            .program(PipelineProgram.class, "divide", run + "", file + "", out.toString()));
    List<String> rows = Files.readAllLines(out.resolve("in-1.tsv"), UTF_8);
    assertThat(rows).hasSize(many.size());
    for (int i = 0; i < rows.size(); i++) {
      String[] row = rows.get(i).split("\t", -1);
      assertThat(row[3]).isEqualTo(wanted.get(i).text());
      assertThat(Double.parseDouble(row[4])).isCloseTo(wanted.get(i).best().score(), within(1e-6));
    }
    assertThat(out.resolve("in-4.tsv")).hasSameTextualContentAs(out.resolve("in-1.tsv"));
    assertThat(out.resolve("in-17.tsv")).hasSameTextualContentAs(out.resolve("in-1.tsv"));
  }

  private static void checkTables(Path out) throws IOException {
    List<String> one = Files.readAllLines(out.resolve("in-1.tsv"), UTF_8);
    assertThat(one).hasSameSizeAs(sources);
    for (int i = 0; i < sources.size(); i++) {
      String[] row = one.get(i).split("\t", -1);
      String source = sources.get(i);
      if (source.isEmpty()) {
        assertThat(row).containsExactly(i + "", "null", i / 100 + "", "null", "null");
      } else {
        assertThat(row).startsWith(i + "", source, i / 100 + "", expected.get(i).text()).hasSize(5);
        // tests run without TensorFlow's optimization of graphs, which changes last digits
        assertThat(Double.parseDouble(row[4]))
            .isCloseTo(expected.get(i).best().score(), within(1e-5));
      }
    }
    assertThat(out.resolve("in-4.tsv")).hasSameTextualContentAs(out.resolve("in-1.tsv"));
    assertThat(out.resolve("in-17.tsv")).hasSameTextualContentAs(out.resolve("in-1.tsv"));
    for (String row : Files.readAllLines(out.resolve("pipeline.tsv"), UTF_8)) {
      String[] values = row.split("\t", -1);
      if (!values[1].equals("null")) {
        // a hypothesis that ended at the max length has no end token, which a given target has
        assertThat(Double.parseDouble(values[6]))
            .isLessThanOrEqualTo(Double.parseDouble(values[4]) + 1e-4);
      }
    }
    List<String> patterns =
        List.of(
            "RunException: .*/none does not exist: expected the folder of a run",
            "RunException: .*/run has no checkpoint 'last-77'; there are \\[best-.*",
            "IllegalArgumentException: there is no column 'no'; the table has .id, source, hundred.",
            "IllegalArgumentException: column id has the type bigint, expected string",
            "IllegalArgumentException: column id exists already; name another output column",
            "IllegalArgumentException: search.sise: unknown key. Known: type, size, .*");
    List<String> errors = Files.readAllLines(out.resolve("errors.txt"), UTF_8);
    assertThat(errors).hasSameSizeAs(patterns).noneMatch(error -> error.contains("seq4j-"));
    for (int i = 0; i < patterns.size(); i++) {
      assertThat(errors.get(i)).matches(patterns.get(i));
    }
  }

  @Test
  @Tag("slow")
  void twoExecutorsWriteTheLinesOfTheCommand() throws Exception {
    Path out = folder.resolve("answers");
    SparkProcess.Result result =
        new SparkProcess(SparkProcess.Version.SPARK_3_5, folder)
            .master("local-cluster[2,1,1024]")
            .before(old())
            .run("translate", run.toString(), "--input", lines + "", "--output", out.toString());
    success(result);
    assertThat(result.out()).contains("1,500 rows translated");
    assertThat(SparkProcess.lines(out))
        .isEqualTo(expected.stream().map(Translation::text).toList());
  }

  @Test
  @Tag("slow")
  void givenTargetsAreScored() throws Exception {
    List<String> pairs = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      pairs.add(sources.get(i) + "\t" + (i == 5 ? "a b c" : expected.get(i).text()));
    }
    Path input = Files.write(folder.resolve("pairs.tsv"), pairs, UTF_8);
    Path out = folder.resolve("scores");
    success(
        new SparkProcess(SparkProcess.Version.SPARK_4, folder)
            .run("score", run.toString(), "--input", input + "", "--output", out.toString()));
    double[] wanted;
    try (Translator translator = Translator.load(run)) {
      wanted =
          translator.score(
              pairs.stream().map(it -> it.split("\t", 2)[0]).toList(),
              pairs.stream().map(it -> it.split("\t", 2)[1]).toList());
    }
    List<String> scores = SparkProcess.lines(out);
    assertThat(scores).hasSize(100);
    for (int i = 0; i < scores.size(); i++) {
      assertThat(Double.parseDouble(scores.get(i))).isCloseTo(wanted[i], within(1e-6));
    }
  }

  @Test
  void theJarHoldsNoLibraryUnderAClustersName() throws IOException {
    try (java.util.jar.JarFile jar = new java.util.jar.JarFile(SparkProcess.allJar().toFile())) {
      List<String> strangers =
          jar.stream()
              .map(java.util.zip.ZipEntry::getName)
              .filter(name -> name.endsWith(".class"))
              .map(name -> name.replaceFirst("^META-INF/versions/\\d+/", ""))
              .filter(
                  name ->
                      !name.matches(
                          "(org/seq4j|org/tensorflow|org/bytedeco|ai/djl|com/sun/jna)/.*"))
              .toList();
      assertThat(strangers).isEmpty();
    }
  }

  private static Path old() {
    return Path.of("spark-3.5", "target", "old").toAbsolutePath();
  }

  private static void success(SparkProcess.Result result) {
    assertThat(result.status()).as(result.out() + result.err()).isZero();
  }
}
