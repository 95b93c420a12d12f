package org.seq4j.runtime.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VocabularyImportTest {
  @TempDir private Path folder;

  @Test
  void aByteOrderMarkAndCarriageReturnsAreNoPartOfTokens() throws IOException {
    assertThat(tokens("v.txt", "\ufeffa\r\nb 3\r\n")).containsExactly("a", "b");
  }

  @Test
  void scoresOfSentencePieceAreNoPartOfTokens() throws IOException {
    String text = "<unk>\t0\n<s>\t0\n</s>\t0\n\u2581the\t-2.5\ns\t-3\n";
    assertThat(tokens("p.vocab", text)).containsExactly("\u2581the", "s");
    assertThat(tokens("p.vocab", "a\t-0\nb\t-1\n")).containsExactly("a", "b");
  }

  @Test
  void idsOfASymbolTableAreNoCounts() throws IOException {
    assertThat(tokens("symbols.txt", "<eps> 0\nb 1\na 2\n")).containsExactly("<eps>", "b", "a");
  }

  @Test
  void jsonIsOrderedByIds() throws IOException {
    assertThat(tokens("v.json", "{\"b\": 1, \"<pad>\": 0,\n \"\\u00e4\": 7, \"c\": 4}"))
        .containsExactly("b", "c", "\u00e4");
    assertThat(tokens("v", "{\"b\": 1, \"a\": 0}")).containsExactly("a", "b");
    assertThat(tokens("list.json", "[\"b\", \"a\"]")).containsExactly("b", "a");
  }

  @Test
  void marianYamlIsOrderedByIds() throws IOException {
    String text = "\"</s>\": 0\n<unk>: 1\nthe: 2\n\",\": 4\nno: 3\n";
    assertThat(tokens("vocab.yml", text)).containsExactly("the", "no", ",");
    assertThat(tokens("vocab.txt", text)).containsExactly("the", "no", ",");
  }

  @Test
  void aBraceIsAToken() throws IOException {
    assertThat(tokens("v.txt", "{\n}\n[\n")).containsExactly("{", "}", "[");
  }

  @Test
  void onlyTheSpecialTokensOfTheConfigAreOmitted() throws IOException {
    Path file = Files.writeString(folder.resolve("v"), "<pad>\n<blank>\n</s>\na\n");
    CountedVocabulary.Imported usual = CountedVocabulary.importFrom(file, VocabularyConfig.ALL);
    assertThat(usual.omitted()).containsExactly("<pad>", "</s>");
    assertThat(usual.vocabulary().encode(List.of("<blank>", "a"))).containsExactly(4, 5);
    VocabularyConfig.Specials others = new VocabularyConfig.Specials("<pad>", "<?>", "<b>", "<e>");
    VocabularyConfig config =
        new VocabularyConfig(1, Optional.empty(), Optional.empty(), List.of(), false, others);
    CountedVocabulary.Imported renamed = CountedVocabulary.importFrom(file, config);
    assertThat(renamed.omitted()).containsExactly("<pad>");
    assertThat(renamed.vocabulary().encode(List.of("</s>"))).containsExactly(5);
  }

  @Test
  void otherFormatsAreRefusedInWords() {
    assertRefused(
        "v.json", "{\"a\": 0, \"b\": 0}", ": expected tokens and their ids, but 'a' and 'b'");
    assertRefused(
        "v.json", "{\"a\": [1]}", ": expected tokens and their ids, the token 'a' has [1]");
    assertRefused("v.json", "{\"a\": 1,\n\"b\"", ", line 2: not valid JSON: ");
    assertRefused(
        "v.json", "{\"model\": {\"vocab\": {}}}", " is a tokenizer.json, not a vocabulary.");
    assertRefused(
        "v.txt", "a\tb\nc\td\n", ", line 1: expected a token, or a token, a tab and its count");
    assertRefused("v.txt", "", ": expected a vocabulary, got no tokens");
    assertRefused("none.txt", Optional.empty(), "no such file: ");
  }

  @Test
  void otherEncodingsAreRefusedWithTheCommandThatConverts() throws IOException {
    assertThat(refusal("a\nb\n", StandardCharsets.UTF_16)).endsWith("iconv -f UTF-16 -t UTF-8");
    assertThat(refusal("\ufeffa\nb\n", Charset.forName("UTF-32LE")))
        .endsWith("got UTF-32. Convert the file, for example with iconv -f UTF-32 -t UTF-8");
    assertThat(refusal("ab\nb\n", StandardCharsets.UTF_16LE)).endsWith("-f UTF-16LE -t UTF-8");
    assertThat(refusal("ab\nb\n", StandardCharsets.UTF_16BE)).endsWith("-f UTF-16BE -t UTF-8");
    assertThat(refusal("a\n\u00e4\n", StandardCharsets.ISO_8859_1))
        .contains("v.txt, line 2, byte 1: expected UTF-8, got the byte 0xE4.");
  }

  private String refusal(String text, Charset charset) throws IOException {
    Path file = Files.write(folder.resolve("v.txt"), text.getBytes(charset));
    try {
      CountedVocabulary.importFrom(file, VocabularyConfig.ALL);
    } catch (IOException e) {
      return e.getMessage();
    }
    return "nothing was refused";
  }

  private void assertRefused(String name, String text, String message) {
    assertRefused(name, Optional.of(text), message);
  }

  private void assertRefused(String name, Optional<String> text, String message) {
    assertThatThrownBy(
            () -> {
              if (text.isPresent()) {
                Files.writeString(folder.resolve(name), text.get());
              }
              CountedVocabulary.importFrom(folder.resolve(name), VocabularyConfig.ALL);
            })
        .isInstanceOf(IOException.class)
        .hasMessageContaining(message)
        .hasMessageContaining(name);
  }

  private List<String> tokens(String name, String text) throws IOException {
    Path file = Files.writeString(folder.resolve(name), text);
    CountedVocabulary read = CountedVocabulary.importFrom(file, VocabularyConfig.ALL).vocabulary();
    List<String> tokens = new ArrayList<>();
    for (int id = 4; id < read.size(); id++) {
      tokens.add(read.token(id));
    }
    return tokens;
  }
}
