package org.seq4j.trainer.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.commons.compress.compressors.CompressorException;
import org.apache.commons.compress.compressors.CompressorStreamFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seq4j.core.data.Example;
import org.seq4j.core.text.Token;
import org.seq4j.core.text.TokenIds;
import org.seq4j.core.text.Tokenizer;
import org.seq4j.runtime.codec.TextCodec;
import org.seq4j.runtime.config.key.Literal;
import org.seq4j.runtime.text.CountedVocabulary;
import org.seq4j.runtime.text.SequenceConfig.OnTooLong;
import org.seq4j.runtime.text.VocabularyConfig;
import org.seq4j.trainer.data.batch.EncodedExamples;
import org.seq4j.trainer.data.batch.EncodedPair;
import org.seq4j.trainer.data.batch.PairEncoder;
import org.seq4j.trainer.data.batch.TrainPairs;
import org.seq4j.trainer.data.corpus.CorpusConfig;
import org.seq4j.trainer.data.corpus.CorpusFormats;
import org.seq4j.trainer.data.corpus.CorpusReader;
import org.seq4j.trainer.data.corpus.DataException;
import org.seq4j.trainer.data.corpus.OnError;
import org.seq4j.trainer.data.corpus.Sides;
import org.seq4j.trainer.data.corpus.SkippedExamples;
import org.seq4j.trainer.data.split.DatasetSplits;
import org.seq4j.trainer.data.split.FilterConfig;
import org.seq4j.trainer.data.split.HeldOutConfig;
import org.seq4j.trainer.data.split.SplitName;

/** Data that are streamed, filtered, weighted, packed or malformed. */
class StreamingTest {
  @TempDir private Path folder;

  /** A line is a token. */
  private static final class Whole implements Tokenizer {
    @Override
    public List<Token> tokenize(String text) {
      return text.isEmpty() ? List.of() : List.of(new Token(text, 0, text.length()));
    }

    @Override
    public String detokenize(List<String> tokens) {
      return String.join("", tokens);
    }
  }

  private CorpusConfig corpus(String name, int from, int to, double weight) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(
        file,
        IntStream.range(from, to)
            .mapToObj(i -> "s" + i + "\tt" + i + "\n")
            .collect(Collectors.joining()));
    return new CorpusConfig(
        Optional.of(file),
        List.of(new Literal("0")),
        new Literal("1"),
        false,
        Optional.empty(),
        weight);
  }

  private static DataConfig config(
      List<CorpusConfig> train, Optional<HeldOutConfig> heldOut, FilterConfig filter) {
    return new DataConfig(
        train, Optional.empty(), Optional.empty(), heldOut, Optional.of(7), OnError.SKIP, filter);
  }

  private List<Example> epoch(DataConfig config, long epoch, SkippedExamples leftOut) {
    Dataset dataset = new Dataset(config, folder);
    List<Example> examples = new ArrayList<>();
    try (TrainStream stream = dataset.train(dataset.isHeldOut(), epoch)) {
      for (Optional<Example> next = stream.next(); next.isPresent(); next = stream.next()) {
        examples.add(next.get());
      }
      leftOut.addAll(stream.leftOut());
    }
    return examples;
  }

  private List<String> sources(DataConfig config, long epoch) {
    return epoch(config, epoch, new SkippedExamples()).stream()
        .map(it -> it.source().text())
        .toList();
  }

  @Test
  void piecesHoldWhatTheBufferHoldsAndAllOfAnEpoch() throws IOException {
    DataConfig config = config(List.of(corpus("a", 0, 30, 1)), Optional.empty(), FilterConfig.NONE);
    CountedVocabulary.Builder counting = CountedVocabulary.counting();
    sources(config, 0).forEach(source -> counting.add(List.of(source)));
    CountedVocabulary vocabulary = counting.build(VocabularyConfig.ALL);
    TextCodec codec = new TextCodec(new Whole(), vocabulary, 5);
    Dataset dataset = new Dataset(config, folder);
    TrainPairs pairs =
        new StreamedPairs(dataset, dataset.isHeldOut(), new PairEncoder(codec, codec, false));
    assertThat(pairs.all()).isEmpty();
    List<Integer> sizes = new ArrayList<>();
    Set<Integer> ids = new HashSet<>();
    try (TrainPairs.Pieces pieces = pairs.epoch(1, 0)) {
      while (pieces.hasNext()) {
        List<EncodedPair> piece = pieces.next();
        sizes.add(piece.size());
        piece.forEach(pair -> ids.add(((TokenIds) pair.source()).ids()[0]));
      }
    }
    assertThat(sizes).containsExactly(7, 7, 7, 7, 2);
    assertThat(ids).hasSize(30);
  }

  @Test
  void corporaAreMixedByTheirWeights() throws IOException {
    DataConfig config =
        config(
            List.of(corpus("a", 0, 100, 2), corpus("b", 100, 200, 1)),
            Optional.empty(),
            FilterConfig.NONE);
    List<String> sources = sources(config, 0);
    assertThat(sources).hasSize(300);
    assertThat(sources.stream().filter(it -> it.length() < 4)).hasSize(200);
    assertThat(sources(config, 0)).isEqualTo(sources);
  }

  @Test
  void aFractionOfACorpusIsAnotherOneEachTime() throws IOException {
    DataConfig config =
        config(List.of(corpus("a", 0, 400, 0.5)), Optional.empty(), FilterConfig.NONE);
    List<String> first = sources(config, 0);
    List<String> second = sources(config, 1);
    assertThat(first).hasSizeBetween(150, 250).doesNotContainAnyElementsOf(second);
    assertThat(first.size() + second.size()).isEqualTo(400);
  }

  @Test
  void whatIsHeldOutByHashIsTheSameStreamedOrNot() throws IOException {
    for (HeldOutConfig part : List.of(HeldOutConfig.fraction(0.2), HeldOutConfig.count(17))) {
      DataConfig config =
          config(List.of(corpus("a", 0, 200, 1)), Optional.of(part), FilterConfig.NONE);
      DatasetSplits inMemory = new Dataset(config, folder).read();
      assertThat(sources(config, 0))
          .containsExactlyElementsOf(
              inMemory.train().stream().map(it -> it.source().text()).toList());
      assertThat(new Dataset(config, folder).read(SplitName.DEV)).isEqualTo(inMemory.dev());
    }
  }

  @Test
  void filtersCountWhatTheyLeaveOut() throws IOException {
    Path file = folder.resolve("x.tsv");
    Files.writeString(file, "ab\tcd\nab\tcd\nab\tef\n\u0436\u0437\tcd\none column\nb\t\u0436\n");
    CorpusConfig corpus = CorpusConfig.columns(file, 0, 1);
    FilterConfig filter =
        new FilterConfig(
            0,
            Optional.empty(),
            FilterConfig.Duplicates.PAIR,
            Optional.of("latin"),
            Optional.of("latin"));
    SkippedExamples leftOut = new SkippedExamples();
    DataConfig config = config(List.of(corpus), Optional.empty(), filter);
    assertThat(epoch(config, 0, leftOut))
        .containsExactly(new Example("ab", List.of("cd")), new Example("ab", List.of("ef")));
    Map<SkippedExamples.Reason, Long> expected =
        Map.of(
            SkippedExamples.Reason.DUPLICATE, 1L,
            SkippedExamples.Reason.SCRIPT, 2L,
            SkippedExamples.Reason.MALFORMED, 1L);
    assertThat(leftOut.counts()).isEqualTo(expected);
    SkippedExamples inMemory = new SkippedExamples();
    new Dataset(config, folder).read(inMemory);
    assertThat(inMemory.counts()).isEqualTo(expected);
  }

  @Test
  void lengthsAndTheirRatioAreFiltered() {
    Tokenizer letters =
        new Tokenizer() {
          @Override
          public List<Token> tokenize(String text) {
            return IntStream.range(0, text.length())
                .mapToObj(i -> new Token(text.substring(i, i + 1), i, i + 1))
                .toList();
          }

          @Override
          public String detokenize(List<String> tokens) {
            return String.join("", tokens);
          }
        };
    TextCodec codec =
        new TextCodec(
            letters, CountedVocabulary.counting().add(List.of("a")).build(VocabularyConfig.ALL), 9);
    FilterConfig filter =
        new FilterConfig(
            2, Optional.of(2.0), FilterConfig.Duplicates.NONE, Optional.empty(), Optional.empty());
    EncodedExamples encoded =
        new PairEncoder(codec, codec, false, filter, OnTooLong.SKIP)
            .encode(
                List.of(
                    new Example("aa", List.of("aaaa")),
                    new Example("a", List.of("aa")),
                    new Example("aa", List.of("aaaaa"))));
    assertThat(encoded.pairs()).hasSize(1);
    assertThat(encoded.leftOut().counts())
        .isEqualTo(Map.of(SkippedExamples.Reason.SHORT, 1L, SkippedExamples.Reason.RATIO, 1L));
  }

  @Test
  void aBadLineOfOneFileSkipsThatOfTheOther() throws IOException {
    Path source = folder.resolve("a.txt");
    Files.write(source, new byte[] {'a', '\n', (byte) 0xff, '\n', 'c', '\n'});
    Path target = Files.writeString(folder.resolve("b.txt"), "1\n2\n3\n");
    SkippedExamples leftOut = new SkippedExamples();
    DataConfig config =
        config(List.of(CorpusConfig.parallel(source, target)), Optional.empty(), FilterConfig.NONE);
    assertThat(epoch(config, 0, leftOut))
        .containsExactly(new Example("a", List.of("1")), new Example("c", List.of("3")));
    assertThat(leftOut.count(SkippedExamples.Reason.MALFORMED)).isOne();
  }

  @Test
  void anEmptyFileIsNotSkipped() throws IOException {
    Path file = Files.writeString(folder.resolve("x.tsv"), "");
    DataConfig config =
        config(List.of(CorpusConfig.columns(file, 0, 1)), Optional.empty(), FilterConfig.NONE);
    assertThatThrownBy(() -> epoch(config, 0, new SkippedExamples()))
        .hasMessage(file + " is empty: expected at least one line");
  }

  @Test
  void linesMayBeJson() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("x.jsonl"),
            "{\"text\": \"a b\", \"summary\": [\"c\", \"d\"]}\n{\"summary\": \"x\", \"text\": \"y\"}\n");
    CorpusConfig corpus =
        new CorpusConfig(
            Optional.of(file), List.of(new Literal("text")), new Literal("summary"), true);
    assertThat(new CorpusReader(CorpusFormats.BUILT_IN, Sides.ANY).read(corpus, folder))
        .containsExactly(new Example("a b", List.of("c", "d")), new Example("y", List.of("x")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[1]       | expected a JSON object, got '[1]'",
        "{\"text\" | column 8: expected a JSON object, got '{\"text\"'",
        "{\"text\": 1, \"summary\": \"x\"} | expected a string, or a list of strings, under the key 'text', got 1",
        "{\"text\": \"x\"} | expected a string, or a list of strings, under the key 'summary', got none",
      })
  void whatIsWrongInJsonIsToldWithItsPlace(String line, String message) throws IOException {
    Path file = Files.writeString(folder.resolve("x.jsonl"), line + "\n");
    CorpusConfig corpus =
        new CorpusConfig(
            Optional.of(file), List.of(new Literal("text")), new Literal("summary"), false);
    assertThatThrownBy(
            () -> new CorpusReader(CorpusFormats.BUILT_IN, Sides.ANY).read(corpus, folder))
        .hasMessage(file + ", line 1: " + message);
  }

  @ParameterizedTest
  @CsvSource({"gz, gz", "bz2, bzip2", "xz, xz", "zst, zstd", "lz4, lz4-framed"})
  void filesMayBePacked(String ending, String format) throws IOException, CompressorException {
    Path file = folder.resolve("x.tsv." + ending);
    for (int part = 0; part < 2; part++) { // one after another is one stream
      try (OutputStream raw =
              Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
          OutputStream out =
              new CompressorStreamFactory().createCompressorOutputStream(format, raw)) {
        out.write(("a" + part + "\tb\n").getBytes(UTF_8));
      }
    }
    assertThat(
            new CorpusReader(CorpusFormats.BUILT_IN, Sides.ANY)
                .read(CorpusConfig.columns(file, 0, 1), folder))
        .containsExactly(new Example("a0", List.of("b")), new Example("a1", List.of("b")));
  }

  @ParameterizedTest
  @CsvSource({"gz", "bz2", "xz", "zst"})
  void whatIsNotPackedAsItsNameSaysIsRefused(String ending) throws IOException {
    Path file = Files.writeString(folder.resolve("x.tsv." + ending), "a\tb\n");
    assertThatThrownBy(
            () ->
                new CorpusReader(CorpusFormats.BUILT_IN, Sides.ANY)
                    .read(CorpusConfig.columns(file, 0, 1), folder))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("cannot read " + file + ": ");
  }
}
