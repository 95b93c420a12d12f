package org.seq4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.seq4j.core.plugin.Plugin;
import org.seq4j.runtime.config.key.ComponentKind;
import org.seq4j.runtime.config.key.ConfigDescription;
import org.seq4j.runtime.io.AtomicFiles;
import org.seq4j.runtime.plugin.ComponentRegistry;
import org.seq4j.testkit.PluginContract;

/** Every component that comes with Seq4j keeps the contract that a stranger's must. */
class BuiltInComponentsTest {

  /** The modules of components, which know only core and could be plugins. */
  private static final List<String> COMPONENT_PACKAGES =
      List.of(
          "org.seq4j.rnn",
          "org.seq4j.transformer",
          "org.seq4j.attention",
          "org.seq4j.tokenizers",
          "org.seq4j.audio");

  /** A library in native code is loaded once in a process, not again for a jar. */
  private static final Set<String> NATIVE = Set.of("sentencepiece", "huggingface");

  /** What is in the files that examples name. */
  private static final Map<String, String> FILES =
      Map.of(
          "codes.bpe",
          "#version: 0.2\na b\n",
          "truecase.txt",
          "the (1/1)\n",
          "lexicon.tsv",
          "the\tle\t0.5\n",
          "tokenizer.json",
          """
          {"version": "1.0", "added_tokens": [],
           "model": {"type": "WordLevel", "vocab": {"[UNK]": 0}, "unk_token": "[UNK]"}}
          """);

  @TempDir private Path temporary;

  @TestFactory
  Stream<DynamicTest> keepTheContractOfPlugins() {
    return ServiceLoader.load(Plugin.class).stream()
        .map(ServiceLoader.Provider::get)
        .flatMap(
            plugin ->
                ComponentRegistry.of(plugin).entries().stream()
                    .map(
                        entry ->
                            dynamicTest(
                                entry.kind().name() + " " + entry.name(),
                                () -> new Contract(plugin, entry, temporary).check())));
  }

  @Test
  void everyKindHasAContract() {
    assertThat(
            ServiceLoader.load(Plugin.class).stream()
                .map(ServiceLoader.Provider::get)
                .flatMap(plugin -> ComponentRegistry.of(plugin).kinds().stream())
                .map(ComponentKind::name))
        .isSubsetOf(ContractOfKind.KINDS);
  }

  private static final class Contract extends PluginContract {
    private final Plugin plugin;
    private final ComponentRegistry.Entry<?> entry;

    Contract(Plugin plugin, ComponentRegistry.Entry<?> entry, Path temporary) {
      this.plugin = plugin;
      this.entry = entry;
      this.folder = temporary.resolve(entry.kind().name()).resolve(entry.name());
    }

    @Override
    protected Plugin plugin() {
      return plugin;
    }

    @Override
    protected Class<?> kind() {
      return entry.kind().component();
    }

    @Override
    protected String name() {
      return entry.name();
    }

    @Override
    protected Map<String, String> requiredKeys() {
      return ConfigDescription.of(entry.configType()).keys().stream()
          .filter(ConfigDescription.Entry::required)
          .collect(
              Collectors.toMap(
                  ConfigDescription.Entry::name, key -> file(key.example().orElseThrow())));
    }

    /** An example that names a file that a component reads at once is such a file. */
    private String file(String example) {
      try {
        Files.createDirectories(folder);
        Path file = folder.resolve(example);
        if (example.equals("sentencepiece.model")) {
          train(file);
          return file.toString();
        }
        return FILES.containsKey(example)
            ? Files.writeString(file, FILES.get(example)).toString()
            : example;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static void train(Path file) {
      Path text = file.resolveSibling("text");
      AtomicFiles.write(text, "the quick brown fox\njumps over the lazy dog\n");
      CommandRun.of(
          "tokenizer", "train", "sentencepiece", "--set", "size=40", "--output", file, text);
    }

    void check() throws Exception {
      keepsTheRulesOfPlugins();
      documentsEveryKey();
      requiresOnlyWhatHasNoDefault();
      makesAComponentFromItsDefaults();
      numbersAtTheirBoundsWorkOrAreRefusedInWords();
      ContractOfKind.check(entry.kind().name(), this::component);
      if (COMPONENT_PACKAGES.contains(plugin.getClass().getPackageName())
          && !NATIVE.contains(name())) {
        loadsFromAJarOfItsOwn();
      }
    }
  }
}
