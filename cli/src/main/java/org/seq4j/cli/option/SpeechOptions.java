package org.seq4j.cli.option;

import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.seq4j.cli.speech.SpeechData;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Options of {@code seq4j data generate} for data sets of speech. */
public final class SpeechOptions {
  private static final long SEED = 42;

  @Option(
      names = "--recordings",
      paramLabel = "DIR",
      description =
          "digits, festvox-ru: folder of the recordings; docs/speech.md says how to fetch them.")
  private Optional<Path> recordings = Optional.empty();

  @Option(
      names = "--leave-out",
      paramLabel = "SPEAKER",
      description = "digits: speaker of the test sounds, who is then not in training and dev.")
  private Optional<String> leftOut = Optional.empty();

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "digits: seed of the random choices. Default: 42.")
  private Optional<Long> seed = Optional.empty();

  /**
   * Checks that no option is given with another data set.
   *
   * @throws ParameterException if one is
   */
  public void refuse(CommandLine command, String name) {
    if (Stream.of(recordings, leftOut, seed).anyMatch(Optional::isPresent)) {
      throw new ParameterException(
          command,
          "--recordings, --leave-out and --seed are options of digits and festvox-ru, not of "
              + name);
    }
  }

  /**
   * Returns what is asked for.
   *
   * @param command the command line, for errors of usage
   * @throws ParameterException if the options are invalid
   */
  public SpeechData.Request request(CommandLine command, SpeechData data) {
    if (recordings.isEmpty()) {
      throw new ParameterException(
          command,
          data.name()
              + " is made of recordings that are no part of Seq4j: fetch them, and add --recordings"
              + " DIR; see docs/speech.md");
    }
    if (!data.hasSpeakers() && (leftOut.isPresent() || seed.isPresent())) {
      throw new ParameterException(
          command, "--leave-out and --seed are options of digits, not of " + data.name());
    }
    return new SpeechData.Request(recordings.get(), leftOut, seed.orElse(SEED));
  }
}
