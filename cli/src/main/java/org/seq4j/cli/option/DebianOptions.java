package org.seq4j.cli.option;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.seq4j.cli.debian.DebianRequest;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Options of {@code seq4j data generate debian}. */
public final class DebianOptions {
  private static final Path APT = Path.of("/var/lib/apt/lists");
  private static final Pattern LANGUAGE = Pattern.compile("[a-z]{2,3}(_[A-Z]{2})?(@[a-z]+)?");
  private static final Pattern SUITE = Pattern.compile("[\\w.~+-]+(/[\\w.~+-]+)*");

  @Option(
      names = "--languages",
      paramLabel = "CODE",
      split = ",",
      description =
          "debian: languages, as en,it,pt_BR. en writes summaries of English descriptions, each other"
              + " one translations from English. Default: en.")
  private List<String> languages = List.of();

  @Option(
      names = "--lists",
      paramLabel = "DIR",
      description =
          "debian: folder with Packages and Translation files of an archive, and its InRelease."
              + " Default: the lists of apt, /var/lib/apt/lists.")
  private Optional<Path> lists = Optional.empty();

  @Option(
      names = "--mirror",
      paramLabel = "URL",
      description =
          "debian: fetch the files from this archive, and keep them in DIR/archive;"
              + " http://deb.debian.org/debian is one.")
  private Optional<String> mirror = Optional.empty();

  @Option(
      names = "--suite",
      paramLabel = "NAME",
      description = "debian: suite of the archive, such as bookworm; required with --mirror.")
  private Optional<String> suite = Optional.empty();

  @Option(
      names = "--component",
      paramLabel = "NAME",
      description = "debian: component of the archive. Default: main.")
  private Optional<String> component = Optional.empty();

  /**
   * Checks that no option is given with another data set.
   *
   * @throws ParameterException if one is
   */
  public void refuse(CommandLine command, String name) {
    if (!languages.isEmpty()
        || Stream.of(lists, mirror, suite, component).anyMatch(Optional::isPresent)) {
      throw new ParameterException(
          command,
          "--languages, --lists, --mirror, --suite and --component are options of debian, not of "
              + name);
    }
  }

  /**
   * Returns what is asked for.
   *
   * @param command the command line, for errors of usage
   * @throws ParameterException if the options are invalid
   */
  public DebianRequest request(CommandLine command) {
    Optional<String> problem = complaint();
    if (problem.isPresent()) {
      throw new ParameterException(command, problem.get());
    }
    return new DebianRequest(
        languages.isEmpty()
            ? List.of(DebianRequest.ENGLISH)
            : languages.stream().distinct().toList(),
        lists.orElse(APT),
        mirror.map(URI::create),
        suite,
        component.orElse("main"));
  }

  private Optional<String> complaint() {
    Optional<String> language =
        languages.stream().filter(code -> !LANGUAGE.matcher(code).matches()).findFirst();
    if (language.isPresent()) {
      return Optional.of(
          "--languages: expected codes such as en,it,pt_BR, got '" + language.get() + "'");
    }
    if (lists.isPresent() && mirror.isPresent()) {
      return Optional.of("--lists and --mirror exclude each other");
    }
    if (mirror.isPresent() && suite.isEmpty()) {
      return Optional.of("--mirror requires --suite, for example --suite bookworm");
    }
    if (mirror.isPresent() && !isWebAddress(mirror.get())) {
      return Optional.of(
          "--mirror: expected an address such as http://deb.debian.org/debian, got '"
              + mirror.get()
              + "'");
    }
    return Stream.of(suite, component)
        .flatMap(Optional::stream)
        .filter(name -> !SUITE.matcher(name).matches())
        .map(name -> "--suite and --component: expected a name, got '" + name + "'")
        .findFirst();
  }

  private static boolean isWebAddress(String text) {
    try {
      URI uri = URI.create(text);
      return Optional.ofNullable(uri.getScheme()).filter(it -> it.matches("https?")).isPresent()
          && uri.getHost() != null
          && uri.getQuery() == null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
