package org.seq4j.cli.debian;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.seq4j.cli.view.TransferProgress;
import org.seq4j.runtime.io.AtomicFiles;

/**
 * Sets of pairs from the package descriptions of a Debian archive: summaries, and translations from
 * English. Each has a folder with {@code train.tsv}, {@code dev.tsv} and {@code test.tsv}; the
 * record beside the folders says from which files they were made, and what was left out.
 */
public final class DebianCorpus {
  public static final String NAME = "debian";
  public static final String DESCRIPTION =
      "package descriptions of a Debian archive: summaries, and translations into other languages";

  /** Name of the record. */
  static final String RECORD = "debian.json";

  /** Name of the folder in which fetched files are kept. */
  static final String ARCHIVE = "archive";

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final DebianRequest request;
  private final TransferProgress progress;

  public DebianCorpus(DebianRequest request, TransferProgress progress) {
    this.request = request;
    this.progress = progress;
  }

  /**
   * Writes the sets; existing files are replaced atomically. Nothing is written before all input
   * has been read.
   *
   * @param directory created if missing
   * @throws org.seq4j.trainer.data.corpus.DataException if the archive cannot be read or fetched
   * @throws org.seq4j.runtime.io.RunException if a file cannot be written
   */
  public DebianRecord write(Path directory) {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw AtomicFiles.cannotWrite(directory, e);
    }
    ArchiveFiles files =
        request.mirror().isPresent()
            ? new Mirror(fetcher(), request, directory.resolve(ARCHIVE)).fetch()
            : new ListsFolder(request.lists(), request).find();
    Optional<Release> release = files.release().map(Release::read);
    List<CheckedFile> read = new ArrayList<>();
    List<PairSet> sets = sets(files, (path, entries) -> read.add(read(path, release, entries)));
    DebianRecord record = new DebianRecord(request, files.suite(), release, read, sets);
    sets.forEach(set -> set.lines().write(directory.resolve(set.name())));
    AtomicFiles.write(directory.resolve(RECORD), record.json());
    return record;
  }

  private Fetcher fetcher() {
    return new Fetcher(
        new EnvironmentProxies(System.getenv(), System::getProperty), progress, PATIENCE);
  }

  private CheckedFile read(Path path, Optional<Release> release, Consumer<Stanza> entries) {
    progress.print("reading " + path);
    CheckedFile file = CheckedFile.read(path, release, request.component(), entries);
    if (!file.checked()) {
      progress.print("warning: " + path + " is not checked: no InRelease file beside it lists it");
    }
    return file;
  }

  private List<PairSet> sets(ArchiveFiles files, BiConsumer<Path, Consumer<Stanza>> reader) {
    SourcePackages sources = new SourcePackages();
    files.packages().forEach(file -> reader.accept(file, sources::add));
    English english = new English(sources);
    reader.accept(files.translations().get(DebianRequest.ENGLISH), english::add);
    List<PairSet> sets = new ArrayList<>();
    if (request.summaries()) {
      sets.add(Summaries.of(english));
    }
    for (String language : request.translations()) {
      Translations translations = new Translations(language, english);
      reader.accept(files.translations().get(language), translations::add);
      sets.add(translations.pairs());
    }
    return sets;
  }
}
