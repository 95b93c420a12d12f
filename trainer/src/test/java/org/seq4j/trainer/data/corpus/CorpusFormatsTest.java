package org.seq4j.trainer.data.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seq4j.core.data.CorpusFiles;
import org.seq4j.core.data.CorpusFormat;
import org.seq4j.core.data.ExampleReader;
import org.seq4j.core.plugin.Component;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.Components;
import org.seq4j.core.plugin.NoKeys;
import org.seq4j.core.plugin.Plugin;
import org.seq4j.runtime.config.key.Literal;
import org.seq4j.runtime.plugin.ComponentRegistry;
import org.seq4j.testkit.ContractCoverage;
import org.seq4j.testkit.CorpusFormatContract;

/** Which format a corpus is of. */
final class CorpusFormatsTest {
  private static final Path HERE = Path.of("").toAbsolutePath();
  private static final ComponentContext CONTEXT = new ComponentContext(HERE);

  /** A format for {@code .toy}, or for .jsonl as well. */
  private record Toy(List<String> extensions) implements CorpusFormat {
    @Override
    public ExampleReader open(CorpusFiles files) {
      throw new IllegalStateException("is not read here");
    }
  }

  /** A plugin that brings such a format under a name. */
  private record ToyPlugin(String name, List<String> extensions) implements Plugin {
    @Override
    public int apiVersion() {
      return API_VERSION;
    }

    @Override
    public void register(Components components) {
      components
          .of(CorpusFormat.class)
          .add(name, "A toy.", NoKeys.class, keys -> new Toy(extensions));
    }
  }

  private static CorpusFormats with(ToyPlugin... plugins) {
    return CorpusFormats.of(ComponentRegistry.of(plugins), CONTEXT);
  }

  private static String ofFile(CorpusFormats formats, String file, String source) {
    return formats.of(corpus(Optional.of(Path.of(file)), source, "1"), HERE).name();
  }

  private static CorpusConfig corpus(Optional<Path> file, String source, String target) {
    return new CorpusConfig(file, List.of(new Literal(source)), new Literal(target), false);
  }

  @Test
  void everyBuiltInHasAContract() {
    assertThat(ContractCoverage.of(CorpusFormatContract.class, "format", CorpusFormatsTest.class))
        .<Class<?>>extracting(Object::getClass)
        .contains(
            ParallelFormat.class,
            ColumnsFormat.class,
            CsvFormat.class,
            JsonLinesFormat.class,
            NumpyFormat.class);
  }

  @ParameterizedTest
  @CsvSource({
    "x.tsv, columns",
    "x.tsv.gz, columns",
    "x.txt, columns",
    "x.csv, csv",
    "x.csv.gz, csv",
    "x, columns",
    "x.anything, columns",
    "x.jsonl, json-lines",
    "X.NDJSON, json-lines",
    "x.jsonl.zst, json-lines",
    "x.toy, toy"
  })
  void theEndingOfAFileTells(String file, String format) {
    assertThat(ofFile(with(new ToyPlugin("toy", List.of(".toy"))), file, "0")).isEqualTo(format);
  }

  @ParameterizedTest
  @CsvSource({
    "a.txt, b.txt, parallel",
    "a.jsonl, b.tsv, parallel",
    "a.npz, b.txt, numpy",
    "a.txt, b.NPY, numpy",
    "a.toy, b.txt, toy"
  })
  void theEndingsOfTheSidesTell(String source, String target, String format) {
    assertThat(
            with(new ToyPlugin("toy", List.of(".toy")))
                .of(corpus(Optional.empty(), source, target), HERE)
                .name())
        .isEqualTo(format);
  }

  @Test
  void aNamedFormatIsTakenWhateverTheEnding() {
    CorpusConfig corpus =
        new CorpusConfig(
            Optional.of(Path.of("x.tsv")),
            Optional.of(
                Component.of(
                    CorpusFormat.class, "json-lines", new NoKeys(), keys -> new JsonLinesFormat())),
            List.of(new Literal("text")),
            " ",
            Optional.of(new Literal("summary")),
            false,
            Optional.empty(),
            1);
    assertThat(CorpusFormats.BUILT_IN.of(corpus, HERE).format())
        .isInstanceOf(JsonLinesFormat.class);
  }

  @Test
  void twoFormatsOfOneEndingAreToldApartByTheConfig() {
    CorpusFormats formats =
        with(new ToyPlugin("one", List.of(".toy")), new ToyPlugin("two", List.of(".toy")));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ofFile(formats, "x.toy", "0"))
        .withMessage(
            HERE.resolve("x.toy")
                + ": the formats one and two read such files; choose one with format:");
  }

  @Test
  void anotherFormatMayNameItsFieldsOrDoWithout() {
    assertThat(ofFile(with(new ToyPlugin("toy", List.of(".toy"))), "x.toy", "wave"))
        .isEqualTo("toy");
    CorpusConfig corpus =
        new CorpusConfig(
            Optional.of(Path.of("x.toy")),
            Optional.empty(),
            List.of(),
            " ",
            Optional.empty(),
            false,
            Optional.empty(),
            1);
    assertThat(corpus.files(HERE))
        .isEqualTo(
            new CorpusFiles(
                HERE,
                Optional.of(HERE.resolve("x.toy")),
                List.of(),
                " ",
                Optional.empty(),
                false,
                Optional.empty()));
  }

  @Test
  void aFileOfNumpyIsASide() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> corpus(Optional.of(Path.of("x.npz")), "0", "1"))
        .withMessage("file: expected none; source and target are the files of this format");
  }
}
