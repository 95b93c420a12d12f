package org.seq4j.cli.speech;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;
import org.seq4j.core.data.CorpusException;
import org.seq4j.trainer.data.corpus.DataException;

/** The files {@code DIGIT_SPEAKER_NUMBER.wav} of the Free Spoken Digit Dataset, by speaker. */
final class DigitRecordings {
  static final int DIGITS = 10;

  /** Samples per second. */
  static final int RATE = 8000;

  private static final Pattern NAME = Pattern.compile("(\\d)_([^_]+)_(\\d+)\\.wav");

  /** A recording of a digit. */
  @SuppressWarnings("ArrayRecordComponent") // many samples: no wrapper around each number
  record Recording(int number, short[] samples) {}

  private final Path folder;
  private final SortedMap<String, List<List<Recording>>> bySpeaker; // and digit

  private DigitRecordings(Path folder, SortedMap<String, List<List<Recording>>> bySpeaker) {
    this.folder = folder;
    this.bySpeaker = bySpeaker;
  }

  /**
   * Reads all recordings.
   *
   * @param folder a clone of the data set, or its folder {@code recordings}
   */
  static DigitRecordings read(Path folder) {
    Path inClone = folder.resolve("recordings");
    Path recordings = Files.isDirectory(inClone) ? inClone : folder;
    SortedMap<String, List<List<Recording>>> bySpeaker = new TreeMap<>();
    for (Path file : files(recordings)) {
      Matcher name = NAME.matcher(file.getFileName().toString());
      if (name.matches()) {
        List<List<Recording>> digits =
            bySpeaker.computeIfAbsent(
                name.group(2), speaker -> Stream.generate(() -> list()).limit(DIGITS).toList());
        int number = Integer.parseInt(name.group(3));
        digits.get(Integer.parseInt(name.group(1))).add(new Recording(number, samples(file)));
      }
    }
    if (bySpeaker.isEmpty()) {
      throw new DataException(
          recordings
              + ": found no recordings; expected files such as 7_jackson_32.wav, those of"
              + " https://github.com/Jakobovski/free-spoken-digit-dataset");
    }
    return new DigitRecordings(recordings, bySpeaker);
  }

  private static List<Recording> list() {
    return new ArrayList<>();
  }

  /** The files in an order that is the same on every machine. */
  private static List<Path> files(Path recordings) {
    try (Stream<Path> files = Files.list(recordings)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new DataException(CorpusException.unreadable(recordings.toString(), e).getMessage(), e);
    }
  }

  private static short[] samples(Path file) {
    try (AudioInputStream in = AudioSystem.getAudioInputStream(file.toFile())) {
      AudioFormat expected = format();
      if (!in.getFormat().matches(expected)) {
        throw new DataException(file + ": expected " + expected + ", got " + in.getFormat());
      }
      byte[] bytes = in.readAllBytes();
      short[] samples = new short[bytes.length / Short.BYTES];
      ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(samples);
      return samples;
    } catch (UnsupportedAudioFileException e) {
      throw new DataException(file + ": not a WAV file; fetch the recordings again", e);
    } catch (IOException e) {
      throw new DataException(CorpusException.unreadable(file.toString(), e).getMessage(), e);
    }
  }

  /** The format of all recordings. */
  static AudioFormat format() {
    return new AudioFormat(RATE, Short.SIZE, 1, true, false);
  }

  /** The names of the speakers, sorted. */
  List<String> speakers() {
    return List.copyOf(bySpeaker.keySet());
  }

  /**
   * Returns the recordings of each digit by a speaker whose numbers are wanted.
   *
   * @throws DataException if a digit has none
   */
  List<List<Recording>> of(String speaker, IntPredicate wanted) {
    List<List<Recording>> digits = new ArrayList<>();
    for (List<Recording> all : bySpeaker.get(speaker)) {
      List<Recording> some = all.stream().filter(it -> wanted.test(it.number())).toList();
      if (some.isEmpty()) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "%s: lacks recordings of the digit %d by %s; expected %d_%s_0.wav to %d_%s_49.wav",
                folder,
                digits.size(),
                speaker,
                digits.size(),
                speaker,
                digits.size(),
                speaker));
      }
      digits.add(some);
    }
    return digits;
  }
}
