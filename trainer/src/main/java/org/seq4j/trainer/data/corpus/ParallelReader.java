package org.seq4j.trainer.data.corpus;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.seq4j.core.data.BadExampleException;
import org.seq4j.core.data.CorpusException;
import org.seq4j.core.data.CorpusFiles;
import org.seq4j.core.data.Example;
import org.seq4j.core.data.ExampleReader;
import org.seq4j.core.data.ExampleValue;
import org.seq4j.core.data.TextValue;

/** A reader of one file per side, and optionally one of alignments. */
final class ParallelReader implements ExampleReader {
  private final boolean alternatives;
  private final List<Path> files;
  private final List<SideReader> sides = new ArrayList<>(); // source, target, alignment

  ParallelReader(CorpusFiles corpus) {
    this.alternatives = corpus.alternatives();
    this.files = files(corpus);
    boolean open = false;
    try {
      for (Path file : files) {
        sides.add(SideReader.open(file));
      }
      open = true;
    } finally {
      if (!open) {
        close();
      }
    }
  }

  /** Returns the files of source, target and alignment. */
  static List<Path> files(CorpusFiles corpus) {
    List<Path> files = new ArrayList<>();
    corpus.source().forEach(name -> files.add(corpus.resolve(name)));
    corpus.target().ifPresent(name -> files.add(corpus.resolve(name)));
    corpus.alignment().ifPresent(name -> files.add(corpus.resolve(name)));
    return files;
  }

  @Override
  public Optional<Example> next() {
    Optional<BadExampleException> problem = Optional.empty();
    List<Optional<ExampleValue>> values = new ArrayList<>();
    for (SideReader side : sides) { // read all, so that files stay parallel after an invalid line
      try {
        values.add(side.next());
      } catch (BadExampleException e) {
        problem = problem.or(() -> Optional.of(e));
      }
    }
    if (problem.isPresent()) {
      throw problem.get();
    }
    for (int i = 1; i < files.size(); i++) {
      if (values.get(i).isPresent() != values.get(0).isPresent()) {
        throw unequal(i);
      }
    }
    if (values.get(0).isEmpty()) {
      if (sides.get(0).number() == 0) {
        throw LineReader.empty(files.get(0));
      }
      return Optional.empty();
    }
    return Optional.of(example(values.stream().map(Optional::orElseThrow).toList()));
  }

  private Example example(List<ExampleValue> values) {
    ExampleValue target = values.get(1);
    return new Example(
        values.get(0),
        alternatives && target instanceof TextValue text
            ? LineReader.references(text.text().split("\t", -1), 0).stream()
                .<ExampleValue>map(TextValue::new)
                .toList()
            : List.of(target),
        values.size() == 2
            ? Optional.empty()
            : Optional.of(LineReader.alignment(values.get(2).text(), sides.get(2)::place)));
  }

  private CorpusException unequal(int other) {
    sides.get(0).skipRest();
    sides.get(other).skipRest();
    return new CorpusException(
        "%s has %s, %s has %s: expected the same number, line n of one belongs to line n of the other"
            .formatted(
                files.get(0),
                lines(sides.get(0).number()),
                files.get(other),
                lines(sides.get(other).number())));
  }

  private static String lines(long count) {
    return count == 1 ? "1 line" : count + " lines";
  }

  @Override
  public String location() {
    return sides.get(0).place();
  }

  @Override
  public String targetLocation() {
    return sides.get(1).place();
  }

  @Override
  public double progress() {
    return sides.get(0).progress();
  }

  @Override
  public void close() {
    sides.forEach(SideReader::close);
  }
}
