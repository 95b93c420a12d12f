package org.seq4j.cli.io;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Options of every command, before or after its name. */
public final class GlobalOptions {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show this help.")
  @SuppressWarnings("unused") // read by picocli
  private boolean help;

  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Print more details; for errors, a stack trace.")
  private boolean verbose;

  @Option(
      names = "--plugins",
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      description =
          "Folder of plugins: jars, or folders of jars. By default plugins/ of the distribution.")
  private Optional<Path> plugins = Optional.empty();

  public boolean verbose() {
    return verbose;
  }

  public Optional<Path> plugins() {
    return plugins;
  }

  /** The options that commands to run next need as well: without its plugin, no run can be used. */
  public List<String> carried() {
    return plugins.map(folder -> List.of("--plugins", folder.toString())).orElse(List.of());
  }
}
