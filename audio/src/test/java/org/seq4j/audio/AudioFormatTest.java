package org.seq4j.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seq4j.core.data.BadExampleException;
import org.seq4j.core.data.CorpusFiles;
import org.seq4j.core.data.Example;
import org.seq4j.core.data.ExampleReader;
import org.seq4j.core.data.VectorsValue;
import org.seq4j.core.text.FeatureSequence;

class AudioFormatTest {
  @TempDir Path folder;

  private static AudioFormat format(int rate, Double... speeds) {
    return new AudioFormat(new AudioFormat.Config(rate, List.of(speeds)));
  }

  private CorpusFiles manifest(String... lines) throws IOException {
    return CorpusFiles.of(Files.write(folder.resolve("train.tsv"), List.of(lines)));
  }

  private void sound(String name, int rate, int samples) throws IOException {
    short[] values = new short[samples];
    for (int i = 0; i < samples; i++) {
      values[i] = (short) i;
    }
    Files.write(folder.resolve(name), SoundFileTest.wav(rate, 1, values));
  }

  private static List<Example> all(AudioFormat format, CorpusFiles files) throws IOException {
    List<Example> all = new ArrayList<>();
    try (ExampleReader reader = format.open(files)) {
      for (Optional<Example> next = reader.next(); next.isPresent(); next = reader.next()) {
        all.add(next.get());
      }
      assertThat(reader.progress()).isEqualTo(1);
    }
    return all;
  }

  private static FeatureSequence vectors(Example example) {
    return ((VectorsValue) example.source()).vectors();
  }

  @Test
  void aPositionIsABlockOfFiveMilliseconds() throws IOException {
    sound("one.wav", 16_000, 250);
    List<Example> read = all(format(16_000, 1.0), manifest("one.wav\tone two"));
    assertThat(read).hasSize(1);
    assertThat(read.get(0).target().text()).isEqualTo("one two");
    assertThat(vectors(read.get(0)).depth()).isEqualTo(80);
    assertThat(vectors(read.get(0)).length()).isEqualTo(3); // 10 samples are left out
    assertThat(vectors(read.get(0)).values()[239]).isEqualTo(239);
  }

  @Test
  void convertsTheRate() throws IOException {
    sound("one.wav", 8000, 800);
    FeatureSequence read = vectors(all(format(16_000, 1.0), manifest("one.wav\tone")).get(0));
    assertThat(read.depth()).isEqualTo(80);
    assertThat(read.length()).isEqualTo(20);
  }

  @Test
  void aSoundIsAnExampleAtEachSpeed() throws IOException {
    sound("one.wav", 16_000, 16_000);
    sound("two.wav", 16_000, 8000);
    List<Example> read = all(format(16_000, 0.8, 1.0), manifest("one.wav\t1", "two.wav\t2"));
    assertThat(read)
        .extracting(example -> example.target().text())
        .containsExactly("1", "1", "2", "2");
    assertThat(read)
        .extracting(example -> vectors(example).length())
        .containsExactly(250, 200, 125, 100);
  }

  @Test
  void columnsCanBeChosen() throws IOException {
    sound("one.wav", 16_000, 160);
    CorpusFiles files = manifest("first\tone\tone.wav").with("2", "1");
    assertThat(all(format(16_000, 1.0), files).get(0).target().text()).isEqualTo("one");
  }

  @Test
  void aBadSoundIsToldAndTheNextOneIsRead() throws IOException {
    sound("one.wav", 16_000, 160);
    Files.writeString(folder.resolve("picture.wav"), "GIF89a");
    CorpusFiles files = manifest("picture.wav\tno", "gone.wav\tno", "one.wav", "one.wav\tone");
    try (ExampleReader reader = format(16_000, 1.0).open(files)) {
      assertThatThrownBy(reader::next)
          .isInstanceOf(BadExampleException.class)
          .hasMessageStartingWith(
              "%s, line 1: %s: not a sound file that Seq4j reads (it begins with 'GIF8')"
                  .formatted(folder.resolve("train.tsv"), folder.resolve("picture.wav")));
      assertThatThrownBy(reader::next)
          .isInstanceOf(BadExampleException.class)
          .hasMessageEndingWith("line 2: no such file: " + folder.resolve("gone.wav"));
      assertThatThrownBy(reader::next)
          .hasMessageEndingWith("line 3: expected at least 2 columns, separated by tabs, got 1");
      assertThat(reader.next()).get().extracting(read -> read.target().text()).isEqualTo("one");
      assertThat(reader.next()).isEmpty();
    }
  }

  @Test
  void rejectsKeysThatCannotWork() throws IOException {
    assertThatThrownBy(() -> format(11_025, 1.0))
        .hasMessage("rate: expected a multiple of 200, got 11025");
    assertThatThrownBy(() -> format(16_000, 1.0, 3.0))
        .hasMessage("speeds: expected one or more numbers from 0.5 to 2, got [1.0, 3.0]");
    CorpusFiles named = manifest("x").with("sound", "text");
    assertThatThrownBy(() -> format(16_000, 1.0).check(named))
        .hasMessage("source: expected the number of a column, from 0, got 'sound'");
  }
}
