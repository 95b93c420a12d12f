package org.seq4j.serve;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.seq4j.runtime.error.RequestException;
import org.seq4j.runtime.graph.scan.Precision;
import org.seq4j.runtime.translate.EnsembleSpec;

/**
 * A model to serve, as it is typed: {@code [NAME=]RUN[:WEIGHT][,RUN[:WEIGHT]]...}. Instead of a
 * run, at most one of several may be a file: a model that joins the others.
 *
 * @param name the name of the model, by default made of those of the folders
 * @param members at least one, of which one is a run
 */
record ModelWord(String name, List<Member> members) {
  private static final Pattern WEIGHTED = Pattern.compile("(.+):(\\d{1,9}(?:\\.\\d{1,9})?)");

  /** A run, or the file of a model that joins. */
  record Member(Path path, double weight) {
    private static Member of(String text) {
      Matcher weighted = WEIGHTED.matcher(text);
      if (!weighted.matches() || Files.exists(Path.of(text))) {
        return new Member(Path.of(text), 1);
      }
      double weight = Double.parseDouble(weighted.group(2));
      if (!(weight > 0)) {
        throw new RequestException("'%s': expected a weight above 0".formatted(text));
      }
      return new Member(Path.of(weighted.group(1)), weight);
    }

    private boolean isFile() {
      return Files.isRegularFile(path);
    }
  }

  /**
   * Parses a word.
   *
   * @throws RequestException if it has another form
   */
  static ModelWord parse(String word) {
    int equals = word.indexOf('=');
    String[] texts = word.substring(equals + 1).split(",", -1);
    if (Arrays.stream(texts).anyMatch(String::isBlank)) {
      throw new RequestException(
          "'%s': expected [NAME=]RUN[:WEIGHT][,RUN[:WEIGHT]]...".formatted(word));
    }
    List<Member> members = Arrays.stream(texts).map(Member::of).toList();
    long files = members.stream().filter(Member::isFile).count();
    if (files > 1) {
      throw new RequestException("'%s': expected at most one joint n-gram model".formatted(word));
    }
    if (files == members.size()) {
      throw new RequestException(
          "'%s': expected the folder of a run, alone or beside this file".formatted(word));
    }
    if (members.size() == 1 && members.get(0).weight() != 1) {
      throw new RequestException(
          "'%s': a weight is that of one model among several; omit it".formatted(word));
    }
    return new ModelWord(equals >= 0 ? word.substring(0, equals) : nameOf(members), members);
  }

  private static String nameOf(List<Member> members) {
    return members.stream()
        .filter(it -> !it.isFile())
        .map(it -> String.valueOf(it.path().toAbsolutePath().normalize().getFileName()))
        .collect(Collectors.joining("-"));
  }

  /**
   * Specifies the best checkpoints of the runs.
   *
   * @param joining makes the model of a file, with a weight, join
   */
  EnsembleSpec spec(Precision precision, BiFunction<Path, Double, EnsembleSpec.Joining> joining) {
    List<Path> runs = new ArrayList<>();
    List<Double> weights = new ArrayList<>();
    Optional<EnsembleSpec.Joining> file = Optional.empty();
    for (Member member : members) {
      if (member.isFile()) {
        file = Optional.of(joining.apply(member.path(), member.weight()));
      } else {
        runs.add(member.path());
        weights.add(member.weight());
      }
    }
    return new EnsembleSpec(runs, weights, "best", precision, file);
  }
}
