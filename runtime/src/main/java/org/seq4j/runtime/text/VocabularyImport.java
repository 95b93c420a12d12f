package org.seq4j.runtime.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.seq4j.core.text.Vocabulary;

/**
 * Imports vocabularies made by other tools; {@link CountedVocabulary#importFrom} describes the
 * format.
 */
final class VocabularyImport {
  private static final Set<String> SPECIAL =
      Set.of("<pad>", "<blank>", "<unk>", "<s>", "</s>", "<bos>", "<eos>");
  private static final Pattern COUNTED = Pattern.compile("(.+)[\\t ](\\d{1,18})");

  private VocabularyImport() {}

  static CountedVocabulary read(Path file, VocabularyConfig config) throws IOException {
    List<String> lines = Files.readAllLines(file, UTF_8);
    if (!lines.isEmpty() && lines.get(0).startsWith(Vocabulary.SPECIALS.get(0) + "\t")) {
      return kept(VocabularyFile.read(file, Vocabulary.SPECIALS), config);
    }
    Map<String, Long> counts = new LinkedHashMap<>();
    for (int i = 0; i < lines.size(); i++) {
      Matcher counted = COUNTED.matcher(lines.get(i));
      boolean hasCount = counted.matches();
      String token = hasCount ? counted.group(1) : lines.get(i);
      if (token.isEmpty()) {
        throw new IOException(
            String.format(Locale.ROOT, "line %d: expected a token, got an empty line", i + 1));
      }
      long count = hasCount ? Long.parseLong(counted.group(2)) : config.minFrequency();
      if (!SPECIAL.contains(token) && counts.putIfAbsent(token, count) != null) {
        throw new IOException(
            String.format(Locale.ROOT, "line %d: duplicate token '%s'", i + 1, token));
      }
    }
    return kept(counts, config);
  }

  private static CountedVocabulary kept(CountedVocabulary all, VocabularyConfig config)
      throws IOException {
    Map<String, Long> counts = new LinkedHashMap<>();
    for (int id = Vocabulary.SPECIALS.size(); id < all.size(); id++) {
      counts.put(all.token(id), all.count(id));
    }
    return kept(counts, config);
  }

  private static CountedVocabulary kept(Map<String, Long> counts, VocabularyConfig config)
      throws IOException {
    List<Map.Entry<String, Long>> kept = new ArrayList<>();
    Set<String> given = new LinkedHashSet<>(config.given());
    for (String token : given) {
      kept.add(Map.entry(token, counts.getOrDefault(token, 0L)));
    }
    int always = kept.size();
    counts.entrySet().stream()
        .filter(it -> !given.contains(it.getKey()))
        .filter(it -> it.getValue() >= config.minFrequency())
        .limit(config.size().orElse(Integer.MAX_VALUE))
        .forEach(kept::add);
    if (kept.size() == always) {
      throw new IOException("no token reaches min_frequency");
    }
    long[] byId = new long[Vocabulary.SPECIALS.size() + kept.size()];
    for (int i = 0; i < kept.size(); i++) {
      byId[Vocabulary.SPECIALS.size() + i] = kept.get(i).getValue();
    }
    return new CountedVocabulary(
        config.specials().names(), kept.stream().map(Map.Entry::getKey).toList(), byId);
  }
}
