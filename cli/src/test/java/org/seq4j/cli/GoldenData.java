package org.seq4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Data that the models of the record learn: sequences to be turned round. Letters become capitals;
 * names, which are too rare for a vocabulary, stay as they are.
 */
final class GoldenData {
  private static final int NAMES = 1000;

  private GoldenData() {}

  /** Writes all files. */
  static void write(Path folder) throws IOException {
    Files.write(folder.resolve("train.tsv"), pairs(400, 1));
    Files.write(folder.resolve("dev.tsv"), pairs(40, 2));
    Files.write(folder.resolve("few.tsv"), pairs(4, 3));
    Files.write(folder.resolve("train-vectors.tsv"), vectors(200, 4));
    Files.write(folder.resolve("dev-vectors.tsv"), vectors(20, 5));
    Files.write(
        folder.resolve("words.txt"),
        List.of("a 1 0.5 -0.25 0 0.125 0 0 1", "b -1 0.5 0.75 0 0.125 1 0 -1"));
  }

  /** Sources, as a user would type them. */
  static List<String> sources(int count, long seed) {
    return pairs(count, seed).stream().map(pair -> pair.split("\t", -1)[0]).toList();
  }

  /** Their targets. */
  static List<String> targets(int count, long seed) {
    return pairs(count, seed).stream().map(pair -> pair.split("\t", -1)[1]).toList();
  }

  /** Sources of vectors. */
  static List<String> vectorSources(int count, long seed) {
    return vectors(count, seed).stream().map(pair -> pair.split("\t", -1)[0]).toList();
  }

  /** Source, target and alignment, of 1 to 9 tokens. */
  private static List<String> pairs(int count, long seed) {
    Random random = new Random(seed);
    List<String> pairs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<String> source = new ArrayList<>();
      List<String> target = new ArrayList<>();
      List<String> alignment = new ArrayList<>();
      int length = 1 + random.nextInt(9);
      for (int j = 0; j < length; j++) {
        String letter = String.valueOf((char) ('a' + random.nextInt(12)));
        boolean named = random.nextInt(8) == 0;
        String name = "n" + random.nextInt(NAMES);
        source.add(named ? name : letter);
        target.add(named ? name : letter.toUpperCase(Locale.ROOT));
        alignment.add(j + "-" + (length - 1 - j));
      }
      Collections.reverse(target);
      pairs.add(String.join("\t", join(source), join(target), join(alignment)));
    }
    return pairs;
  }

  private static String join(List<String> tokens) {
    return String.join(" ", tokens);
  }

  /** Vectors of three numbers; of each from the last on, the sum and the difference of two. */
  private static List<String> vectors(int count, long seed) {
    Random random = new Random(seed);
    List<String> pairs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<String> source = new ArrayList<>();
      List<String> target = new ArrayList<>();
      int length = 1 + random.nextInt(5);
      for (int j = 0; j < length; j++) {
        float first = random.nextInt(200) / 64f - 1;
        float second = random.nextInt(200) / 64f - 1;
        float third = random.nextInt(200) / 64f - 1;
        source.add(first + " " + second + " " + third);
        target.add((first + second) / 2 + " " + (second - third) / 2);
      }
      Collections.reverse(target);
      pairs.add(String.join("; ", source) + "\t" + String.join("; ", target));
    }
    return pairs;
  }
}
