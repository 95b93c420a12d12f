package org.seq4j.cli.io;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Options that every command takes, before its name or after it. */
public final class GlobalOptions {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show this help.")
  @SuppressWarnings("unused") // picocli acts on it by itself
  private boolean help;

  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Tell more; with an error, where in the program it came up.")
  private boolean verbose;

  @Option(
      names = "--plugins",
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      description =
          "The folder of plugins: jars, or folders of jars. By default the distribution's.")
  private Optional<Path> plugins = Optional.empty();

  public boolean verbose() {
    return verbose;
  }

  public Optional<Path> plugins() {
    return plugins;
  }
}
