package org.seq4j.cli.speech;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.seq4j.cli.examples.SplitLines;
import org.seq4j.core.data.CorpusException;
import org.seq4j.trainer.data.corpus.DataException;

/**
 * Sentences of a Russian novel, read by one speaker: the Debian package {@code festvox-ru}. They
 * are divided in their order, because neighbors are about the same persons and things. Texts have
 * the words in lower-case letters, without stress marks and punctuation.
 */
final class FestvoxRussian implements SpeechData {
  private static final int DEV_SENTENCES = 40;
  private static final int TEST_SENTENCES = 60;
  private static final int PACKAGE_DEPTH = 8;
  private static final Path TEXTS = Path.of("etc", "txt.done.data");
  private static final Pattern LINE = Pattern.compile("\\( (\\S+) \"(.*)\" \\)");
  private static final Pattern MARKS = Pattern.compile("[+']"); // stress and softness, in a word
  private static final Pattern NO_LETTERS = Pattern.compile("\\P{L}+");

  @Override
  public String name() {
    return "festvox-ru";
  }

  @Override
  public String description() {
    return "1.7 hours of a Russian novel (Debian package festvox-ru), 620 sentences";
  }

  @Override
  public boolean hasSpeakers() {
    return false;
  }

  @Override
  public void write(Request request, Path directory) {
    Path voice = voice(request.recordings());
    List<String> lines = new ArrayList<>();
    for (String line : texts(voice.resolve(TEXTS))) {
      lines.add(example(voice, lines.size() + 1, line));
    }
    int train = lines.size() - DEV_SENTENCES - TEST_SENTENCES;
    if (train < 1) {
      throw new DataException(
          voice.resolve(TEXTS) + ": expected 620 sentences, got " + lines.size());
    }
    int test = train + DEV_SENTENCES;
    new SplitLines(
            lines.subList(0, train), lines.subList(train, test), lines.subList(test, lines.size()))
        .write(directory);
  }

  private static String example(Path voice, int number, String line) {
    Matcher parts = LINE.matcher(line.strip());
    if (!parts.matches()) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s, line %d: expected ( NAME \"TEXT\" ), got %s",
              voice.resolve(TEXTS),
              number,
              line));
    }
    Path sound = voice.resolve("wav").resolve(parts.group(1) + ".wav").toAbsolutePath().normalize();
    if (!Files.isRegularFile(sound)) {
      throw new DataException("no such file: " + sound);
    }
    return sound + "\t" + words(parts.group(2));
  }

  /** Returns the words of a text. */
  static String words(String text) {
    String letters = MARKS.matcher(text.toLowerCase(Locale.ROOT)).replaceAll("");
    return NO_LETTERS
        .splitAsStream(letters)
        .filter(it -> !it.isEmpty())
        .collect(Collectors.joining(" "));
  }

  private static List<String> texts(Path file) {
    try {
      return Files.readAllLines(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new DataException(CorpusException.unreadable(file.toString(), e).getMessage(), e);
    }
  }

  /** Finds the folder of the voice in the unpacked package. */
  private static Path voice(Path recordings) {
    try (Stream<Path> files = Files.walk(recordings.resolve("."), PACKAGE_DEPTH)) {
      Path texts = // of the folder's entry ".", since Files.walk does not enter a symbolic link
          files
              .map(Path::normalize)
              .filter(file -> file.endsWith(TEXTS))
              .min(Path::compareTo)
              .orElseThrow(
                  () ->
                      new DataException(
                          recordings
                              + ": found no etc/txt.done.data; expected the folder that dpkg -x"
                              + " festvox-ru_*.deb FOLDER has written"));
      return texts.getParent().getParent();
    } catch (IOException e) {
      throw new DataException(CorpusException.unreadable(recordings.toString(), e).getMessage(), e);
    }
  }
}
