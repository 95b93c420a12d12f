package org.seq4j.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.seq4j.runtime.graph.Profile;

/** The time of each op, as a Markdown table. */
final class ProfileTable {
  private static final int LINES = 20;

  private ProfileTable() {}

  /**
   * Describes a profile.
   *
   * @param passes how many steps or batches it is of; figures are for one
   */
  static String of(Profile profile, int passes) {
    List<Profile.OpTime> ops = profile.ops();
    long all = ops.stream().mapToLong(Profile.OpTime::microseconds).sum();
    long count = ops.stream().mapToLong(Profile.OpTime::count).sum();
    String lines =
        ops.stream()
            .limit(LINES)
            .map(op -> line(op.type(), op.count(), op.microseconds(), all, passes))
            .collect(Collectors.joining());
    return "| op | runs | ms, all threads | share |\n|---|---|---|---|\n"
        + lines
        + line("all", count, all, all, passes);
  }

  private static String line(String name, long count, long microseconds, long all, int passes) {
    return String.format(
        Locale.ROOT,
        "| %s | %,d | %.2f | %.1f %% |%n",
        name,
        count / passes,
        microseconds / 1000.0 / passes,
        100.0 * microseconds / Math.max(1, all));
  }
}
