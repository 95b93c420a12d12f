package org.seq4j.runtime.text;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.seq4j.core.text.Vocabulary;

/**
 * Imports vocabularies made by other tools; {@link CountedVocabulary#importFrom} describes the
 * formats.
 */
final class VocabularyImport {
  private VocabularyImport() {}

  static CountedVocabulary.Imported read(Path file, VocabularyConfig config) throws IOException {
    List<String> lines = ForeignVocabulary.lines(file);
    for (List<String> specials : List.of(config.specials().names(), Vocabulary.SPECIALS)) {
      if (isOwn(lines, specials)) {
        CountedVocabulary own = VocabularyFile.read(file, specials);
        return new CountedVocabulary.Imported(kept(file, own, config), List.of());
      }
    }
    List<String> dropped = new ArrayList<>();
    Map<String, Long> counts = new LinkedHashMap<>();
    for (Map.Entry<String, Optional<Long>> entry : ForeignVocabulary.read(file, lines).entrySet()) {
      if (config.specials().names().contains(entry.getKey())) {
        dropped.add(entry.getKey());
      } else {
        counts.put(entry.getKey(), entry.getValue().orElse((long) config.minFrequency()));
      }
    }
    return new CountedVocabulary.Imported(kept(file, counts, config), dropped);
  }

  /** Returns true if a vocabulary of a run begins with these special tokens. */
  private static boolean isOwn(List<String> lines, List<String> specials) {
    for (int i = 0; i < specials.size(); i++) {
      if (i >= lines.size() || !lines.get(i).startsWith(specials.get(i) + "\t")) {
        return false;
      }
    }
    return true;
  }

  private static CountedVocabulary kept(Path file, CountedVocabulary all, VocabularyConfig config)
      throws IOException {
    Map<String, Long> counts = new LinkedHashMap<>();
    for (int id = Vocabulary.SPECIALS.size(); id < all.size(); id++) {
      counts.put(all.token(id), all.count(id));
    }
    return kept(file, counts, config);
  }

  private static CountedVocabulary kept(
      Path file, Map<String, Long> counts, VocabularyConfig config) throws IOException {
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
      throw new IOException(
          counts.isEmpty()
              ? file + ": expected a vocabulary, got no tokens"
              : file + ": no token reaches min_frequency");
    }
    long[] byId = new long[Vocabulary.SPECIALS.size() + kept.size()];
    for (int i = 0; i < kept.size(); i++) {
      byId[Vocabulary.SPECIALS.size() + i] = kept.get(i).getValue();
    }
    return new CountedVocabulary(
        config.specials().names(), kept.stream().map(Map.Entry::getKey).toList(), byId);
  }
}
