package org.seq4j.cli.option;

import java.util.Optional;
import java.util.function.Function;
import org.seq4j.runtime.error.RequestException;
import org.seq4j.runtime.transcribe.Cutting;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Options that tell how long sounds are divided. */
public final class CuttingOptions {
  @Option(
      names = "--max-part",
      paramLabel = "SECONDS",
      description =
          "Divide sounds that are longer into parts of at most this length, in their pauses. By"
              + " default, sounds longer than source.max_length are divided into parts of half of"
              + " it.")
  private Optional<Double> maxPart = Optional.empty();

  @Option(
      names = "--pause",
      paramLabel = "SECONDS",
      description = "Shortest pause to divide a sound in. Default: 0.3.")
  private Optional<Double> pause = Optional.empty();

  /**
   * Creates something that divides sounds.
   *
   * @param line the command line, for errors of usage
   * @throws ParameterException if an option is invalid
   * @throws RequestException if something else is at fault
   */
  public <T> T apply(Function<Cutting, T> create, CommandLine line) {
    try {
      return create.apply(new Cutting(maxPart, pause.orElse(Cutting.DEFAULT.pause())));
    } catch (RequestException e) {
      String option = e.getMessage().replaceFirst("^max_part:", "max-part:");
      if (option.startsWith("max-part:") || option.startsWith("pause:")) {
        throw new ParameterException(line, "--" + option, e);
      }
      throw e;
    }
  }
}
