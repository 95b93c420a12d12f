package org.seq4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The programs of docs/library.md compile and run. */
@Timeout(900)
class LibraryPageTest {
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w+)\\n(.*?)^```$");
  private static final Pattern NOT_NEEDED =
      Pattern.compile("trainer|[/\\\\]cli[/\\\\]|guice|picocli|jetty|prometheus");

  @TempDir static Path folder;
  private static String page;

  @BeforeAll
  static void train() throws IOException {
    page = Files.readString(CommandRun.project("docs/library.md"));
    Matcher config = BLOCK.matcher(Files.readString(CommandRun.project("docs/using.md")));
    assertThat(config.find()).isTrue();
    Files.writeString(folder.resolve("using.yaml"), config.group(2));
    UsingPageTest.write(folder);
    CommandRun trained =
        CommandRun.of("train", folder.resolve("using.yaml"), "--run", folder.resolve("runs/first"));
    assertThat(trained.status()).as(trained.err()).isZero();
  }

  private static String block(String containing) {
    Matcher blocks = BLOCK.matcher(page);
    while (blocks.find()) {
      if (blocks.group(2).contains(containing)) {
        return blocks.group(2);
      }
    }
    throw new AssertionError("the page has no block with " + containing);
  }

  private static Path compile(String name, String classPath) throws IOException {
    Path source = Files.writeString(folder.resolve(name + ".java"), block("class " + name));
    Path classes = Files.createDirectories(folder.resolve("classes-" + name));
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-cp", classPath, "-d", classes.toString(), source.toString());
    assertThat(status).isZero();
    return classes;
  }

  private static String run(String name, String classPath) throws Exception {
    String separator = System.getProperty("path.separator");
    Path errors = folder.resolve(name + ".err");
    Process process =
        new ProcessBuilder(JavaCommand.of(compile(name, classPath) + separator + classPath, name))
            .directory(folder.toFile())
            .redirectError(errors.toFile())
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("%s%n%s", output, Files.readString(errors)).isZero();
    return output;
  }

  private static void isWhatUsePrints(String output) {
    List<String> lines = output.lines().toList();
    assertThat(lines).hasSize(11);
    assertThat(lines.get(0)).isEqualTo("a b c");
    assertThat(lines.subList(1, 4)).allMatch(line -> line.contains("d") && line.contains("END"));
    assertThat(lines.get(4)).matches("Token.text=[a-f], start=\\d, end=\\d. -> Token.*");
    assertThat(lines.get(9)).matches("[a-f] [a-f]  STOPPED");
    assertThat(lines.get(10)).isEqualTo("true");
  }

  @Test
  void aModelIsUsedWithoutTheTrainerOrGuice() throws Exception {
    String separator = System.getProperty("path.separator");
    String classPath =
        Arrays.stream(System.getProperty("java.class.path").split(separator, -1))
            .filter(entry -> !NOT_NEEDED.matcher(entry).find())
            .collect(Collectors.joining(separator));
    isWhatUsePrints(run("Use", classPath));
  }

  @Test
  void aRuleOfTheSearchIsKept() throws Exception {
    List<String> lines = run("Rules", System.getProperty("java.class.path")).lines().toList();
    assertThat(lines).hasSize(3);
    assertThat(lines.get(2)).startsWith("a b  -");
    for (String line : lines) {
      String text = line.split("  ", -1)[0];
      int tokens = text.isEmpty() ? 0 : text.split(" ", -1).length;
      assertThat(tokens % 2).as(line).isZero();
    }
  }

  @Test
  void anExperimentIsTakenApart() throws Exception {
    assertThat(run("Study", System.getProperty("java.class.path")))
        .contains("step 50: ", "dev 2 scores", "answer ")
        .contains("encoder [2, 3, 24]", "attention [2, 3, 3]");
    assertThat(folder.resolve("runs/study/config.yaml")).content().contains("type: plain");
  }

  @Test
  void aSweepIsRankedAndRunOnce() throws Exception {
    String first = run("Search", System.getProperty("java.class.path"));
    assertThat(first.lines())
        .hasSize(3)
        .allMatch(line -> line.contains("cell=") && line.contains("learning_rate=0.0"))
        .allMatch(line -> line.matches(".*  finished \\d.*"));
    assertThat(folder.resolve("runs/search/trials.tsv")).content().hasLineCount(4);
    assertThat(run("Search", System.getProperty("java.class.path"))).isEqualTo(first);
  }

  @Test
  void aModuleBindsAListenerAndAClock() throws Exception {
    assertThat(run("Bound", System.getProperty("java.class.path"))).matches("\\d+ parameters\\R");
    assertThat(folder.resolve("runs/bound/provenance.json"))
        .content()
        .contains("\"started\" : \"1970-01-01T00:00:00Z\"");
  }

  @Test
  void itsDependenciesAreOurs() throws IOException {
    String ours = Files.readString(CommandRun.project("pom.xml"));
    Matcher version = Pattern.compile("<version>(.*?)</version>").matcher(ours);
    assertThat(version.find()).isTrue();
    assertThat(block("<dependencies>")).containsOnlyOnce("<version>" + version.group(1) + "<");
  }

  /** A project of its own, with Maven itself and what a release deploys. */
  @Test
  @Tag("slow")
  void anotherProjectDependsOnIt() throws Exception {
    ReleasedFolder.deploy();
    Path project = Files.createDirectories(folder.resolve("project"));
    Path sources = Files.createDirectories(project.resolve("src/main/java"));
    Files.writeString(sources.resolve("Use.java"), block("class Use"));
    Files.writeString(
        project.resolve("pom.xml"),
        """
        <project xmlns="http://maven.apache.org/POM/4.0.0">
          <modelVersion>4.0.0</modelVersion>
          <groupId>com.example</groupId>
          <artifactId>uses-seq4j</artifactId>
          <version>1</version>
          <properties>
            <maven.compiler.release>17</maven.compiler.release>
            <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
          </properties>
          <repositories>
            <repository>
              <id>released</id>
              <url>%s</url>
            </repository>
          </repositories>
        %s</project>
        """
            .formatted(ReleasedFolder.REPOSITORY.toUri(), block("<dependencies>")));
    Path classPath = project.resolve("classpath");
    ReleasedFolder.maven(
        project,
        "org.apache.maven.plugins:maven-compiler-plugin:3.14.1:compile",
        "org.apache.maven.plugins:maven-dependency-plugin:3.9.0:build-classpath",
        "-Dmdep.outputFile=" + classPath);
    assertThat(project.resolve("target/classes/Use.class")).exists();
    String jars = Files.readString(classPath).strip();
    assertThat(NOT_NEEDED.matcher(jars.replaceAll("(?m)/[^:]*/", "")).find()).as(jars).isFalse();
    isWhatUsePrints(run("Use", jars));
  }
}
