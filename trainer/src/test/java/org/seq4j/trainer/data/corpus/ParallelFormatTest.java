package org.seq4j.trainer.data.corpus;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.seq4j.core.data.CorpusFiles;
import org.seq4j.core.data.CorpusFormat;
import org.seq4j.core.data.Example;
import org.seq4j.testkit.CorpusFormatContract;

final class ParallelFormatTest extends CorpusFormatContract {

  @Override
  protected CorpusFormat format() {
    return new ParallelFormat();
  }

  @Override
  protected List<Example> examples() {
    return List.of(
        new Example("a b", List.of("1", "one")),
        new Example("", List.of("2")),
        new Example("c", List.of("3")));
  }

  @Override
  protected CorpusFiles corpus(List<Example> examples) throws IOException {
    Files.writeString(
        folder.resolve("a.txt"),
        examples.stream().map(it -> it.source().text() + "\n").collect(Collectors.joining()));
    Files.writeString(
        folder.resolve("b.txt"),
        examples.stream()
            .map(it -> String.join("\t", it.targetTexts()) + "\n")
            .collect(Collectors.joining()));
    return files(folder);
  }

  private static CorpusFiles files(Path folder) {
    return new CorpusFiles(
        folder,
        Optional.empty(),
        List.of("a.txt"),
        " ",
        Optional.of("b.txt"),
        true,
        Optional.empty());
  }

  @Override
  protected Optional<Broken> broken() throws IOException {
    Files.writeString(folder.resolve("a.txt"), "1\n2\n3\n");
    Files.write(folder.resolve("b.txt"), "a\n\u00e4\nc\n".getBytes(StandardCharsets.ISO_8859_1));
    return Optional.of(
        new Broken(
            files(folder),
            folder.resolve("b.txt")
                + ", line 2, byte 1: expected UTF-8, got the byte 0xE4. If the file is in another"
                + " encoding, convert it, for example with iconv -f ISO-8859-1 -t UTF-8",
            2));
  }
}
