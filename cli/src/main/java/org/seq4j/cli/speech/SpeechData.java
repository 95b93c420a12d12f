package org.seq4j.cli.speech;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A data set of speech, made of recordings in a folder. */
public interface SpeechData {

  /**
   * The recordings, and how they are divided.
   *
   * @param recordings the folder that has them
   * @param leftOutSpeaker the speaker of all of the test data and of nothing else; empty: all
   *     speakers are in all splits
   * @param seed seed of all random choices
   */
  record Request(Path recordings, Optional<String> leftOutSpeaker, long seed) {}

  /** Returns the name on the command line, in lower-case letters. */
  String name();

  /** Returns a description in one line. */
  String description();

  /** Returns true if there are several speakers, one of whom can be left out of training. */
  boolean hasSpeakers();

  /**
   * Writes {@code train.tsv}, {@code dev.tsv} and {@code test.tsv}. A line has the path of a sound
   * file, a tab and its words. Existing files are replaced; a file is written only if all
   * recordings are there.
   *
   * @param directory created if missing
   * @throws org.seq4j.trainer.data.corpus.DataException if recordings are missing or cannot be read
   * @throws org.seq4j.runtime.io.RunException if a file cannot be written
   */
  void write(Request request, Path directory);

  /** Returns all data sets, in the order in which users see them. */
  static List<SpeechData> all() {
    return List.of(new Digits(), new FestvoxRussian());
  }

  /** Returns the data set of a name. */
  static Optional<SpeechData> named(String name) {
    return all().stream().filter(data -> data.name().equals(name)).findFirst();
  }
}
