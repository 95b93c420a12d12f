package org.seq4j.audio;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.seq4j.core.data.BadExampleException;
import org.seq4j.core.data.CorpusException;
import org.seq4j.core.data.Example;
import org.seq4j.core.data.ExampleReader;
import org.seq4j.core.data.TextValue;
import org.seq4j.core.data.VectorsValue;

/** A reader of a list of sound files and their texts. */
final class AudioReader implements ExampleReader {
  private final Path manifest;
  private final Path folder;
  private final AudioFormat.Config config;
  private final int sourceColumn;
  private final int targetColumn;
  private final TextValue.Lines lines;
  private final long size;
  private long read;
  private Waveform sound; // of the last line, at its own speed
  private String text;
  private int nextSpeed; // of the last line; 0 if a new line is next

  AudioReader(Path manifest, AudioFormat.Config config, int sourceColumn, int targetColumn)
      throws IOException {
    this.manifest = manifest;
    this.folder = Optional.ofNullable(manifest.toAbsolutePath().getParent()).orElse(manifest);
    this.config = config;
    this.sourceColumn = sourceColumn;
    this.targetColumn = targetColumn;
    this.lines = TextValue.Lines.open(manifest);
    this.size = Files.isRegularFile(manifest) ? Files.size(manifest) : 0;
  }

  @Override
  public Optional<Example> next() {
    if (nextSpeed == 0) {
      Optional<String> line = lines.next();
      if (line.isEmpty()) {
        if (lines.number() == 0) {
          throw new CorpusException(manifest + ": the file is empty");
        }
        return Optional.empty();
      }
      read += line.get().length() + 1;
      readSound(line.get().split("\t", -1));
    }
    double speed = config.speeds().get(nextSpeed);
    nextSpeed = (nextSpeed + 1) % config.speeds().size();
    return Optional.of(
        new Example(new VectorsValue(SoundBlocks.of(sound.atSpeed(speed))), new TextValue(text)));
  }

  private void readSound(String[] columns) {
    int needed = Math.max(sourceColumn, targetColumn) + 1;
    if (columns.length < needed) {
      throw new BadExampleException(
          location(),
          "expected at least " + needed + " columns, separated by tabs, got " + columns.length);
    }
    text = columns[targetColumn];
    sound = sound(columns[sourceColumn]).at(config.rate());
  }

  private Waveform sound(String name) {
    try {
      Path file = folder.resolve(name);
      try {
        return SoundFile.read(Files.readAllBytes(file));
      } catch (SoundFile.SoundFileException e) {
        throw new BadExampleException(location(), file + ": " + e.getMessage());
      } catch (IOException e) {
        throw new BadExampleException(
            location(), CorpusException.unreadable(file.toString(), e).getMessage());
      }
    } catch (InvalidPathException e) {
      throw new BadExampleException(
          location(), "expected the path of a sound file, got '%s'".formatted(name));
    }
  }

  @Override
  public String location() {
    return lines.place();
  }

  @Override
  public double progress() {
    return size == 0 ? 0 : Math.min(1, (double) read / size);
  }

  @Override
  public void close() {
    lines.close();
  }
}
