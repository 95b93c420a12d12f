package org.seq4j.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.seq4j.runtime.run.RunDirectory;
import org.seq4j.runtime.weights.SafeTensors;

/** The objective of one's own in docs/training.md and one with parameters, as plugins in jars. */
@Timeout(300)
final class ObjectivePluginTest {
  private static final Pattern JAVA = Pattern.compile("(?ms)^```java\\n(.*?)^```$");
  private static final Pattern CLASS = Pattern.compile("public final class (\\w+)");

  /** Multi-task learning: predicts from the mean of the memory which tokens occur in the target. */
  private static final String TOPIC =
      """
      package acme;

      import java.util.Set;
      import org.seq4j.core.graph.*;
      import org.seq4j.core.plugin.*;
      import org.seq4j.core.training.*;
      import org.tensorflow.Operand;
      import org.tensorflow.op.Ops;
      import org.tensorflow.types.TFloat32;

      public final class TopicPlugin implements Plugin, Objective {
        @Override public int apiVersion() { return API_VERSION; }
        @Override public void register(Components components) {
          components.of(Objective.class)
              .add("topic", "Tokens by the sources alone.", NoKeys.class, keys -> new TopicPlugin());
        }
        @Override public Set<Input> needs() { return Set.of(Input.TOKENS); }
        @Override public double weight() { return 0.3; }
        @Override public Operand<TFloat32> loss(Scope scope, ForcedPass pass) {
          Ops tf = scope.tf();
          int size = pass.tokens().vocabulary();
          Operand<TFloat32> mean = tf.reduceSum( // [B, D]
              Masks.zeroPadding(
                  tf, pass.memory().sequence().values(), pass.memory().sequence().lengths()),
              tf.constant(1));
          Operand<TFloat32> logs = // [B, 1, V]
              tf.expandDims(
                  tf.nn.logSoftmax(scope.linear("projection", size, true, mean)), tf.constant(1));
          Operand<TFloat32> truth = tf.oneHot( // [B, T + 1, V]
              pass.tokens().ids(), tf.constant(size), tf.constant(1f), tf.constant(0f));
          Operand<TFloat32> real =
              Masks.zeroPadding(tf, tf.math.mul(truth, logs), pass.lengths());
          return tf.math.neg(tf.reduceSum(real, tf.constant(new int[] {0, 1, 2})));
        }
      }
      """;

  @TempDir static Path folder;
  private static Path plugins;
  private static Path config;

  @BeforeAll
  static void packPlugins() throws IOException {
    plugins = Files.createDirectories(folder.resolve("plugins"));
    List<String> focal = new ArrayList<>();
    Matcher blocks = JAVA.matcher(Files.readString(CommandRun.project("docs/training.md")));
    while (blocks.find()) {
      focal.add(blocks.group(1));
    }
    pack("acme-focal", "acme.FocalPlugin", focal);
    pack("acme-topic", "acme.TopicPlugin", List.of(TOPIC));
    Path toy = CommandRun.project("cli/src/test/resources/golden/toy");
    for (String file : List.of("toy.yaml", "toy.tsv", "vectors.yaml", "vectors.tsv")) {
      Files.copy(toy.resolve(file), folder.resolve(file));
    }
    config = folder.resolve("toy.yaml");
  }

  private static void pack(String name, String plugin, List<String> sources) throws IOException {
    Path folderOfSources = Files.createDirectories(folder.resolve(name));
    Path classes = Files.createDirectories(folder.resolve(name + "-classes"));
    List<String> arguments =
        new ArrayList<>(List.of("-proc:none", "-cp", System.getProperty("java.class.path"), "-d"));
    arguments.add(classes.toString());
    for (String source : sources) {
      Matcher type = CLASS.matcher(source);
      assertThat(type.find()).isTrue();
      Path file = folderOfSources.resolve(type.group(1) + ".java");
      arguments.add(Files.writeString(file, source).toString());
    }
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new));
    assertThat(status).isZero();
    try (JarOutputStream out =
            new JarOutputStream(Files.newOutputStream(plugins.resolve(name + ".jar")));
        Stream<Path> files = Files.walk(classes)) {
      out.putNextEntry(new JarEntry("META-INF/services/org.seq4j.core.plugin.Plugin"));
      out.write((plugin + "\n").getBytes(UTF_8));
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        out.putNextEntry(new JarEntry(classes.relativize(file).toString().replace('\\', '/')));
        Files.copy(file, out);
      }
    }
  }

  private static CommandRun run(Object... arguments) {
    List<Object> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--plugins", plugins));
    return CommandRun.of(all.toArray());
  }

  private static CommandRun succeeded(CommandRun run) {
    assertThat(run.status()).as(run.err()).isZero();
    return run;
  }

  @Test
  void isDescribedAsTheOthersAre() {
    assertThat(succeeded(run("plugins", "describe", "objective", "focal")).out())
        .contains("Focal loss (Lin et al. 2017).", "gamma", "weight", "acme-focal");
  }

  @Test
  void isTrainedWithAndNotNeededToUseTheModel() {
    Path run = folder.resolve("run");
    String focal = "training.objectives={type: focal, gamma: 1.5}";
    succeeded(run("check", config, "--set", focal));
    succeeded(run("train", config, "--run", run, "--set", focal));
    assertThat(new RunDirectory(run).metrics()).content().contains("\"loss\"");
    succeeded(CommandRun.withInput("a b\n", "translate", run)); // no plugin
    CommandRun resumed =
        CommandRun.of("train", config, "--run", run, "--resume", "--set", "training.max_steps=2");
    assertThat(resumed.status()).isEqualTo(3);
    assertThat(resumed.err()).contains("no objective named 'focal' now", "acme-focal");
  }

  @Test
  void itsParametersAreTrainedSavedAndGoneOnWith() {
    Path run = folder.resolve("topic");
    String both = "training.objectives=[{type: cross-entropy, label_smoothing: 0.1}, topic]";
    succeeded(run("train", config, "--run", run, "--set", both));
    assertThat(SafeTensors.read(new RunDirectory(run).lastCheckpoints().get(0)).arrays())
        .containsKeys("objective.topic.projection.kernel", "objective.topic.projection.bias");
    succeeded(
        run(
            "train",
            config,
            "--run",
            run,
            "--resume",
            "--set",
            both,
            "--set",
            "training.max_steps=2"));
    succeeded(run("evaluate", run));
    succeeded(CommandRun.withInput("a b\n", "translate", run)); // no plugin
  }

  @Test
  void whatItNeedsIsChecked() {
    CommandRun checked =
        run("check", folder.resolve("vectors.yaml"), "--set", "training.objectives=focal");
    assertThat(checked.status()).isEqualTo(3);
    assertThat(checked.err())
        .contains(
            "training.objectives: focal is for targets of tokens, but the target consists of vectors: remove it");
  }
}
