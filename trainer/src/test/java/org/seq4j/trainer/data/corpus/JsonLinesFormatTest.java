package org.seq4j.trainer.data.corpus;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.seq4j.core.data.CorpusFiles;
import org.seq4j.core.data.CorpusFormat;
import org.seq4j.core.data.Example;
import org.seq4j.testkit.CorpusFormatContract;

final class JsonLinesFormatTest extends CorpusFormatContract {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  protected CorpusFormat format() {
    return new JsonLinesFormat();
  }

  @Override
  protected List<Example> examples() {
    return List.of(
        new Example("a \"b\"", List.of("1", "one")),
        new Example("", List.of("2")),
        new Example("c", List.of("3")));
  }

  @Override
  protected CorpusFiles corpus(List<Example> examples) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (Example example : examples) {
      ObjectNode object = JSON.createObjectNode().put("text", example.source().text());
      example.targetTexts().forEach(object.withArray("summary")::add);
      lines.append(object).append('\n');
    }
    return write(lines.toString());
  }

  private CorpusFiles write(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("x.jsonl"), text);
    return new CorpusFiles(
        folder,
        Optional.of(file),
        List.of("text"),
        " ",
        Optional.of("summary"),
        true,
        Optional.empty());
  }

  @Override
  protected Optional<Broken> broken() throws IOException {
    return Optional.of(
        new Broken(
            write(
                "{\"text\": \"a\", \"summary\": \"1\"}\n[]\n{\"text\": \"b\", \"summary\": \"2\"}\n"),
            folder.resolve("x.jsonl") + ", line 2: expected a JSON object, got '[]'",
            2));
  }
}
