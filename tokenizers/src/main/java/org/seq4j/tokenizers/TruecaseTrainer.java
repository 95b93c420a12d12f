package org.seq4j.tokenizers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.seq4j.core.text.TokenizerTrainer;

/**
 * Counts the forms of words that do not begin a sentence, like Moses' {@code train-truecaser.perl}.
 * The file has one line per word: its usual form with {@code (3/4)}, meaning three of four times,
 * then other forms with their counts.
 */
public final class TruecaseTrainer implements TokenizerTrainer {

  private static final Pattern SPACE = Pattern.compile("\\s+");

  @Override
  public void train(Iterator<String> lines, OutputStream output) throws IOException {
    Map<String, Map<String, Long>> forms = new TreeMap<>(CodePoints::compare);
    while (lines.hasNext()) {
      count(List.of(SPACE.split(lines.next().strip(), -1)), forms);
    }
    if (forms.isEmpty()) {
      throw new IllegalArgumentException(
          "the text has no words except the first words of sentences");
    }
    Writer writer = new BufferedWriter(new OutputStreamWriter(output, UTF_8));
    for (Map<String, Long> counts : forms.values()) {
      writer.write(line(counts) + "\n");
    }
    writer.flush();
  }

  private static void count(List<String> words, Map<String, Map<String, Long>> forms) {
    int first = 0;
    while (first < words.size() && Sentences.mayOpen(words.get(first))) {
      first++;
    }
    for (int i = first + 1; i < words.size(); i++) {
      String word = words.get(i);
      if (!Sentences.endsWith(words.get(i - 1))) {
        forms
            .computeIfAbsent(LowercaseTokenizer.of(word), it -> new TreeMap<>(CodePoints::compare))
            .merge(word, 1L, Long::sum);
      }
    }
  }

  private static String line(Map<String, Long> counts) {
    String usual =
        counts.entrySet().stream()
            .max(Comparator.comparingLong(Map.Entry<String, Long>::getValue))
            .orElseThrow()
            .getKey();
    long total = counts.values().stream().mapToLong(Long::longValue).sum();
    String others =
        counts.entrySet().stream()
            .filter(entry -> !entry.getKey().equals(usual))
            .map(entry -> " " + entry.getKey() + " (" + entry.getValue() + ")")
            .collect(Collectors.joining());
    return String.format(Locale.ROOT, "%s (%d/%d)%s", usual, counts.get(usual), total, others);
  }
}
