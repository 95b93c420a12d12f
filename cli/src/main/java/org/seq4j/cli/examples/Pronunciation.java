package org.seq4j.cli.examples;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.seq4j.trainer.data.corpus.DataException;
import org.seq4j.trainer.data.split.StableHash;

/**
 * English words and their pronunciations, from the CMU Pronouncing Dictionary without stress.
 *
 * <p>The dictionary is split by word: all pronunciations of a word are in the same split. In train
 * each has its own line, in dev and test they share one.
 */
final class Pronunciation implements ExampleData {
  static final String RESOURCE = "edu/cmu/sphinx/models/en-us/cmudict-en-us.dict";

  private static final long SEED = 42;
  private static final int TEST_WORDS = 5_000;
  private static final int DEV_WORDS = 2_500;
  private static final Pattern ALTERNATIVE = Pattern.compile("\\(\\d+\\)$");

  private final ClassLoader resources;

  Pronunciation() {
    this(Pronunciation.class.getClassLoader());
  }

  Pronunciation(ClassLoader resources) {
    this.resources = resources;
  }

  @Override
  public String name() {
    return "pronunciation";
  }

  @Override
  public String description() {
    return "English words and their phonemes (CMUdict): 126,000 words, 7,500 of them held out";
  }

  @Override
  public void write(Path directory) throws IOException {
    split(readDictionary()).write(directory);
  }

  /** Returns the pronunciations of each word, in the order of the dictionary. */
  Map<String, Set<String>> readDictionary() throws IOException {
    try (InputStream in = resources.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new DataException(
            "the CMU dictionary is not on the class path: expected the resource "
                + RESOURCE
                + " of sphinx4-data-1.0.0.jar (Maven: de.sciss:sphinx4-data:1.0.0),"
                + " which is in the folder lib of the distribution");
      }
      Map<String, Set<String>> words = new LinkedHashMap<>();
      BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        int space = line.indexOf(' ');
        if (space > 0) {
          String word = ALTERNATIVE.matcher(line.substring(0, space)).replaceFirst("");
          words
              .computeIfAbsent(word, first -> new LinkedHashSet<>())
              .add(line.substring(space + 1).strip());
        }
      }
      return words;
    }
  }

  static SplitLines split(Map<String, Set<String>> dictionary) {
    List<String> shuffled = new ArrayList<>(dictionary.keySet());
    shuffled.sort(StableHash.order(SEED));
    Set<String> test = Set.copyOf(shuffled.subList(0, TEST_WORDS));
    Set<String> dev = Set.copyOf(shuffled.subList(TEST_WORDS, TEST_WORDS + DEV_WORDS));
    SplitLines lines = new SplitLines(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    dictionary.forEach(
        (word, pronunciations) -> {
          if (test.contains(word)) {
            lines.test().add(word + "\t" + String.join("\t", pronunciations));
          } else if (dev.contains(word)) {
            lines.dev().add(word + "\t" + String.join("\t", pronunciations));
          } else {
            pronunciations.forEach(sounds -> lines.train().add(word + "\t" + sounds));
          }
        });
    return lines;
  }
}
