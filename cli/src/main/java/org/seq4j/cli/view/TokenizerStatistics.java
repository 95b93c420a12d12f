package org.seq4j.cli.view;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.seq4j.core.text.Tokenizer;

/** Statistics of tokenized text. */
public final class TokenizerStatistics {
  private static final Pattern SPACES = Pattern.compile("\\s+");
  private static final int SHOWN = 20;

  private final Tokenizer tokenizer;
  private final Map<String, Long> tokens = new HashMap<>();
  private long lines;
  private long words;
  private long characters;
  private long returned; // lines that detokenize to the original
  private long count;
  private int longest;
  private String example = "";

  public TokenizerStatistics(Tokenizer tokenizer) {
    this.tokenizer = tokenizer;
  }

  /** A line, its tokens, and whether they detokenize to the line. */
  private record Cut(String line, List<String> tokens, boolean returns) {}

  public void add(List<String> chunk) {
    chunk.parallelStream().map(this::cut).toList().forEach(this::add);
  }

  private Cut cut(String line) {
    List<String> cut = tokenizer.tokens(line);
    return new Cut(line, cut, tokenizer.detokenize(cut).equals(line));
  }

  private void add(Cut cut) {
    lines++;
    words += cut.line().isBlank() ? 0 : SPACES.split(cut.line().strip(), -1).length;
    characters += cut.line().codePointCount(0, cut.line().length());
    returned += cut.returns() ? 1 : 0;
    count += cut.tokens().size();
    longest = Math.max(longest, cut.tokens().size());
    cut.tokens().forEach(token -> tokens.merge(token, 1L, Long::sum));
    if (example.isEmpty()) {
      example = TokenLine.write(cut.tokens());
    }
  }

  public List<String> report() {
    List<String> report = new ArrayList<>();
    report.add("lines              " + NumberFormats.count(lines));
    report.add("tokens             " + NumberFormats.count(count));
    report.add("distinct tokens    " + NumberFormats.count(tokens.size()));
    report.add("longest line       " + NumberFormats.count(longest, "token"));
    report.add("tokens per word    " + ratio(count, words));
    report.add("chars per token    " + ratio(characters, count));
    report.add(
        "exact round trips  "
            + NumberFormats.count(returned)
            + " of "
            + NumberFormats.count(lines, "line"));
    report.add("first line         " + example);
    report.add("most frequent      " + mostFrequent());
    return report;
  }

  private static String ratio(long a, long b) {
    return b == 0 ? "-" : String.format(Locale.ROOT, "%.2f", (double) a / b);
  }

  private String mostFrequent() {
    return tokens.entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey(Comparator.naturalOrder())))
        .limit(SHOWN)
        .map(entry -> entry.getKey() + " " + NumberFormats.count(entry.getValue()))
        .collect(Collectors.joining(", "));
  }
}
