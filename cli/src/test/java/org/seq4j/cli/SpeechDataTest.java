package org.seq4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data sets of speech, made of recordings whose samples tell speaker, digit and number. */
class SpeechDataTest {
  private static final List<String> WORDS =
      List.of("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine");
  private static final List<String> SPEAKERS = List.of("ann", "bob");
  private static final int[] NUMBERS = {0, 5, 10, 11}; // test, dev and two of training
  private static final int LENGTH = 40; // samples of a recording

  @TempDir private Path folder;

  @BeforeEach
  void record() throws IOException {
    Path recordings = Files.createDirectories(folder.resolve("clone/recordings"));
    Files.writeString(folder.resolve("clone/recordings/README.md"), "no sound");
    for (int speaker = 0; speaker < SPEAKERS.size(); speaker++) {
      for (int digit = 0; digit < WORDS.size(); digit++) {
        for (int number : NUMBERS) {
          short[] samples = new short[LENGTH];
          Arrays.fill(samples, sample(speaker, digit, number));
          String name = digit + "_" + SPEAKERS.get(speaker) + "_" + number + ".wav";
          Tones.write(recordings.resolve(name), samples);
        }
      }
    }
  }

  private static short sample(int speaker, int digit, int number) {
    return (short) (10_000 * (speaker + 1) + 1_000 * digit + 100 + number);
  }

  private CommandRun generate(String name, Object... more) {
    Object[] words = {"data", "generate", name, "--output", folder.resolve("data")};
    Object[] all = Arrays.copyOf(words, words.length + more.length);
    System.arraycopy(more, 0, all, words.length, more.length);
    return CommandRun.of(all);
  }

  private CommandRun digits(Object... more) {
    Object[] words = {"--recordings", folder.resolve("clone")};
    Object[] all = Arrays.copyOf(words, words.length + more.length);
    System.arraycopy(more, 0, all, words.length, more.length);
    return generate("digits", all);
  }

  /** The speakers and the numbers of recordings, read from the samples of the sounds of a list. */
  private record Heard(Set<Integer> speakers, Set<Integer> numbers) {}

  /** Hears the sounds of a list; each has one speaker, and the digits of its words. */
  private Heard hear(String split, int count) throws IOException {
    Heard all = new Heard(new HashSet<>(), new HashSet<>());
    List<String> lines = Files.readAllLines(folder.resolve("data").resolve(split + ".tsv"));
    assertThat(lines).hasSize(count);
    for (String line : lines) {
      String[] columns = line.split("\t", -1);
      StringBuilder words = new StringBuilder();
      Set<Integer> speakers = new HashSet<>();
      short[] samples = Tones.read(folder.resolve("data").resolve(columns[0]));
      for (int i = 0; i < samples.length; ) {
        int sample = samples[i];
        if (sample > 1_000) {
          speakers.add(sample / 10_000 - 1);
          words.append(words.isEmpty() ? "" : " ").append(WORDS.get(sample % 10_000 / 1_000));
          all.numbers().add(sample % 100);
          i += LENGTH;
        } else {
          assertThat(sample).as("noise").isBetween(-14, 14);
          i++;
        }
      }
      assertThat(columns[1]).isEqualTo(words.toString());
      assertThat(speakers).hasSize(1);
      all.speakers().addAll(speakers);
    }
    return all;
  }

  @Test
  void digitsAreJoinedAndDividedByNumber() throws IOException {
    CommandRun run = digits();

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out().lines()).hasSize(3);
    assertThat(hear("train", 4_000)).isEqualTo(new Heard(Set.of(0, 1), Set.of(10, 11)));
    assertThat(hear("dev", 300)).isEqualTo(new Heard(Set.of(0, 1), Set.of(5)));
    assertThat(hear("test", 600)).isEqualTo(new Heard(Set.of(0, 1), Set.of(0)));
  }

  @Test
  void aSpeakerWhoIsLeftOutIsOnlyInTheTestData() throws IOException {
    CommandRun run = digits("--leave-out", "ann");

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(hear("train", 4_000)).isEqualTo(new Heard(Set.of(1), Set.of(10, 11)));
    assertThat(hear("dev", 300)).isEqualTo(new Heard(Set.of(1), Set.of(5)));
    assertThat(hear("test", 600)).isEqualTo(new Heard(Set.of(0), Set.of(0, 5, 10, 11)));
  }

  @Test
  void recordingsThatAreMissingAreNamedAndNothingIsWritten() throws IOException {
    Files.delete(folder.resolve("clone/recordings/7_bob_5.wav"));

    CommandRun run = digits();

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err())
        .isEqualTo(
            "seq4j: "
                + folder.resolve("clone/recordings")
                + ": lacks recordings of the digit 7 by bob; expected 7_bob_0.wav to 7_bob_49.wav\n");
    assertThat(folder.resolve("data")).doesNotExist();
  }

  @Test
  void aSpeakerWhoIsNotThereIsNamed() {
    assertThat(digits("--leave-out", "theo").err())
        .isEqualTo("seq4j: there is no speaker 'theo'. Speakers: [ann, bob]\n");
  }

  @Test
  void aFolderWithoutRecordingsIsRefused() {
    assertThat(generate("digits", "--recordings", folder).err())
        .contains(": found no recordings; expected files such as 7_jackson_32.wav");
  }

  @Test
  void theyNeedRecordings() {
    CommandRun run = generate("digits");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("fetch them, and add --recordings DIR");
  }

  private Path voice(int sentences) throws IOException {
    Path voice = folder.resolve("package/usr/share/voice");
    Files.createDirectories(voice.resolve("etc"));
    Files.createDirectories(voice.resolve("wav"));
    StringBuilder texts = new StringBuilder();
    for (int i = 1; i <= sentences; i++) {
      String text =
          "\u0428\u043b\u0430 \u0441\u043e\u0431+\u0430\u043a\u0430, - \u0447\u0442\u043e-\u0442\u043e "
              + "!".repeat(i % 3);
      texts.append("( ru_" + i + " \"" + text + "\" )\n");
      Tones.write(voice.resolve("wav/ru_" + i + ".wav"), new short[LENGTH]);
    }
    Files.writeString(voice.resolve("etc/txt.done.data"), texts, StandardCharsets.UTF_8);
    return voice;
  }

  @Test
  void russianSentencesAreDividedInTheirOrderAndHaveWordsOnly() throws IOException {
    Path voice = voice(103);

    CommandRun run = generate("festvox-ru", "--recordings", folder.resolve("package"));

    assertThat(run.status()).as(run.err()).isZero();
    String words =
        "\t\u0448\u043b\u0430 \u0441\u043e\u0431\u0430\u043a\u0430 \u0447\u0442\u043e \u0442\u043e\n";
    assertThat(folder.resolve("data/train.tsv"))
        .hasContent(
            voice.resolve("wav/ru_1.wav")
                + words
                + voice.resolve("wav/ru_2.wav")
                + words
                + voice.resolve("wav/ru_3.wav")
                + words);
    assertThat(Files.readAllLines(folder.resolve("data/dev.tsv"))).hasSize(40);
    assertThat(Files.readAllLines(folder.resolve("data/test.tsv")))
        .hasSize(60)
        .last()
        .isEqualTo((voice.resolve("wav/ru_103.wav") + words).strip());
  }

  @Test
  void aPackageMayBeBehindASymbolicLink() throws IOException {
    voice(103);
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("package"));

    CommandRun run = generate("festvox-ru", "--recordings", link);

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(Files.readAllLines(folder.resolve("data/test.tsv"))).hasSize(60);
  }

  @Test
  void aRussianSoundThatIsMissingIsNamed() throws IOException {
    Path sound = voice(103).resolve("wav/ru_50.wav");
    Files.delete(sound);

    CommandRun run = generate("festvox-ru", "--recordings", folder.resolve("package"));

    assertThat(run.err()).isEqualTo("seq4j: no such file: " + sound + "\n");
    assertThat(folder.resolve("data")).doesNotExist();
  }

  @Test
  void optionsOfOtherDataSetsAreRefused() {
    assertThat(generate("reverse", "--recordings", folder).err())
        .contains("--recordings, --leave-out and --seed are options of digits and festvox-ru");
    assertThat(generate("festvox-ru", "--recordings", folder, "--seed", "1").err())
        .contains("--leave-out and --seed are options of digits, not of festvox-ru");
    assertThat(generate("digits", "--recordings", folder, "--languages", "it").err())
        .contains("are options of debian, not of digits");
  }
}
