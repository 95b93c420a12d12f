package org.seq4j.cli.speech;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.seq4j.cli.examples.SplitLines;
import org.seq4j.runtime.io.AtomicFiles;
import org.seq4j.trainer.data.corpus.DataException;
import org.seq4j.trainer.data.split.SplitName;
import org.seq4j.trainer.data.split.StableHash;
import org.seq4j.trainer.data.split.StableRandom;

/**
 * Connected digits: one to five recordings of the Free Spoken Digit Dataset by one speaker, with
 * short gaps of faint noise. The numbers 0 to 4 of each digit and speaker are the official test
 * recordings; 5 to 9 are for dev.
 */
final class Digits implements SpeechData {
  private static final List<String> WORDS =
      List.of("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine");
  private static final int FIRST_OF_DEV = 5;
  private static final int FIRST_OF_TRAINING = 10;
  private static final int MAX_DIGITS = 5;
  private static final int MIN_GAP = DigitRecordings.RATE / 40; // 25 ms
  private static final int MAX_GAP = DigitRecordings.RATE / 5; // 200 ms
  private static final int NOISE = 14; // maximum amplitude

  private final int trainingSounds;
  private final int devSounds;
  private final int testSounds;

  Digits() {
    this(4_000, 300, 600);
  }

  Digits(int trainingSounds, int devSounds, int testSounds) {
    this.trainingSounds = trainingSounds;
    this.devSounds = devSounds;
    this.testSounds = testSounds;
  }

  @Override
  public String name() {
    return "digits";
  }

  @Override
  public String description() {
    return "spoken digits (Free Spoken Digit Dataset), joined to sequences of one to five";
  }

  @Override
  public boolean hasSpeakers() {
    return true;
  }

  @Override
  public void write(Request request, Path directory) {
    DigitRecordings recordings = DigitRecordings.read(request.recordings());
    String leftOut = request.leftOutSpeaker().orElse("");
    if (request.leftOutSpeaker().isPresent() && !recordings.speakers().contains(leftOut)) {
      throw new DataException(
          "there is no speaker '" + leftOut + "'. Speakers: " + recordings.speakers());
    }
    Predicate<String> known = speaker -> !speaker.equals(leftOut);
    Predicate<String> tested = leftOut.isEmpty() ? known : known.negate();
    IntPredicate ofTest = number -> !leftOut.isEmpty() || number < FIRST_OF_DEV;
    Voices train = Voices.of(recordings, known, number -> number >= FIRST_OF_TRAINING);
    Voices dev =
        Voices.of(
            recordings, known, number -> number >= FIRST_OF_DEV && number < FIRST_OF_TRAINING);
    Voices test = Voices.of(recordings, tested, ofTest);
    deleteLists(directory);
    new SplitLines(
            sounds(train, SplitName.TRAIN, trainingSounds, request.seed(), directory),
            sounds(dev, SplitName.DEV, devSounds, request.seed(), directory),
            sounds(test, SplitName.TEST, testSounds, request.seed(), directory))
        .write(directory);
  }

  /** Recordings by speaker and digit. */
  private record Voices(List<List<List<DigitRecordings.Recording>>> bySpeaker) {

    static Voices of(DigitRecordings all, Predicate<String> speakers, IntPredicate numbers) {
      return new Voices(
          all.speakers().stream()
              .filter(speakers)
              .map(speaker -> all.of(speaker, numbers))
              .toList());
    }
  }

  /** Deletes earlier lists, which the sounds would no longer fit if writing them is interrupted. */
  private static void deleteLists(Path directory) {
    for (String list : SplitLines.FILES) {
      try {
        Files.deleteIfExists(directory.resolve(list));
      } catch (IOException e) {
        throw AtomicFiles.cannotWrite(directory.resolve(list), e);
      }
    }
  }

  private static List<String> sounds(
      Voices voices, SplitName split, int count, long seed, Path directory) {
    String name = split.name().toLowerCase(Locale.ROOT);
    Path folder = directory.resolve(name);
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw AtomicFiles.cannotWrite(folder, e);
    }
    StableRandom random = new StableRandom(StableHash.of(split.name(), seed));
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String file = String.format(Locale.ROOT, "%05d.wav", i);
      lines.add(name + "/" + file + "\t" + sound(voices, random, folder.resolve(file)));
    }
    return lines;
  }

  /** Writes a sound, and returns its words. */
  private static String sound(Voices voices, StableRandom random, Path file) {
    var digits = voices.bySpeaker().get(random.nextInt(voices.bySpeaker().size()));
    StringJoiner words = new StringJoiner(" ");
    List<short[]> pieces = new ArrayList<>();
    pieces.add(gap(random));
    for (int left = 1 + random.nextInt(MAX_DIGITS); left > 0; left--) {
      int digit = random.nextInt(WORDS.size());
      words.add(WORDS.get(digit));
      List<DigitRecordings.Recording> some = digits.get(digit);
      pieces.add(some.get(random.nextInt(some.size())).samples());
      pieces.add(gap(random));
    }
    int length = pieces.stream().mapToInt(piece -> piece.length).sum();
    ByteBuffer bytes = ByteBuffer.allocate(length * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    pieces.forEach(
        piece -> {
          for (short sample : piece) {
            bytes.putShort(sample);
          }
        });
    try (AudioInputStream samples =
        new AudioInputStream(
            new ByteArrayInputStream(bytes.array()), DigitRecordings.format(), length)) {
      AudioSystem.write(samples, AudioFileFormat.Type.WAVE, file.toFile());
    } catch (IOException e) {
      throw AtomicFiles.cannotWrite(file, e);
    }
    return words.toString();
  }

  private static short[] gap(StableRandom random) {
    short[] samples = new short[MIN_GAP + random.nextInt(MAX_GAP - MIN_GAP + 1)];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (short) (random.nextInt(2 * NOISE + 1) - NOISE);
    }
    return samples;
  }
}
