package org.seq4j.cli.debian;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.seq4j.runtime.io.AtomicFiles;
import org.seq4j.trainer.data.corpus.DataException;

/**
 * A folder of an archive's files, all of one suite or of several. Their names are those of apt, as
 * in {@code deb.debian.org_debian_dists_bookworm_main_i18n_Translation-it.lz4}, or plain ones,
 * {@code Translation-it.lz4}.
 */
final class ListsFolder {
  private static final String HOW =
      ". Name a folder that has them (--lists), or an archive to fetch them from (--mirror)";

  private final Path folder;
  private final DebianRequest request;

  ListsFolder(Path folder, DebianRequest request) {
    this.folder = folder;
    this.request = request;
  }

  /** The files whose names have the same beginning, such as {@code x.org_debian_dists_bookworm}. */
  private record Group(String start, Map<String, Path> packages, Map<String, Path> translations) {

    String suite() {
      int dists = start.lastIndexOf("dists_");
      return dists < 0 ? "" : start.substring(dists + "dists_".length());
    }
  }

  /**
   * Returns the files that are needed.
   *
   * @throws DataException if they are not there, or there are several suites and none is named
   */
  ArchiveFiles find() {
    List<String> names = names();
    Group group = choose(groups(names));
    Optional<Path> release =
        Stream.of("InRelease", "Release")
            .map(name -> group.start().isEmpty() ? name : group.start() + "_" + name)
            .filter(names::contains)
            .map(folder::resolve)
            .findFirst();
    List<Path> packages = List.copyOf(group.packages().values());
    if (packages.isEmpty()) {
      throw new DataException(
          folder + ": expected a file Packages beside Translation-en, found none" + HOW);
    }
    for (String language : request.translations()) {
      if (!group.translations().containsKey(language)) {
        throw new DataException(
            "%s: no file Translation-%s; the folder has: %s%s"
                .formatted(
                    folder, language, String.join(", ", group.translations().keySet()), HOW));
      }
    }
    return new ArchiveFiles(
        request.suite().orElse(group.suite()), release, packages, group.translations());
  }

  private List<String> names() {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> file.getFileName().toString())
          .sorted(Comparator.comparing(ListsFolder::rank).thenComparing(name -> name))
          .toList();
    } catch (IOException e) {
      throw new DataException("cannot read " + folder + ": " + AtomicFiles.reason(e), e);
    }
  }

  /** Sorts names by their extensions, so that the first of several forms of a file is used. */
  private static int rank(String name) {
    for (int i = 0; i < ArchiveFiles.EXTENSIONS.size(); i++) {
      if (name.endsWith(ArchiveFiles.EXTENSIONS.get(i))) {
        return i;
      }
    }
    throw new IllegalStateException("the last extension is the empty one");
  }

  private List<Group> groups(List<String> names) {
    Pattern file =
        Pattern.compile(
            "(?:(.*dists_.+)_"
                + Pattern.quote(request.component())
                + "_(?:binary-([\\w-]+)_|i18n_)|)"
                + "(?:Packages|Translation-([A-Za-z]+(?:(?:_|%5f)[A-Za-z]+)?(?:@[A-Za-z]+)?))"
                + "(?:\\.(?:xz|bz2|zst|gz|lz4))?");
    Map<String, Group> groups = new TreeMap<>();
    for (String name : names) {
      Matcher found = file.matcher(name);
      if (found.matches()) {
        String start = Optional.ofNullable(found.group(1)).orElse("");
        Group group =
            groups.computeIfAbsent(start, it -> new Group(it, new TreeMap<>(), new TreeMap<>()));
        Optional<String> language = Optional.ofNullable(found.group(3));
        String key = Optional.ofNullable(found.group(2)).orElse("");
        language.ifPresentOrElse(
            it -> group.translations().putIfAbsent(it.replace("%5f", "_"), folder.resolve(name)),
            () -> group.packages().putIfAbsent(key, folder.resolve(name)));
      }
    }
    return new ArrayList<>(groups.values());
  }

  private Group choose(List<Group> groups) {
    List<Group> complete =
        groups.stream()
            .filter(group -> group.translations().containsKey(DebianRequest.ENGLISH))
            .toList();
    List<Group> wanted =
        complete.stream()
            .filter(group -> request.suite().isEmpty() || isOf(group, request.suite().get()))
            .toList();
    if (wanted.size() == 1) {
      return wanted.get(0);
    }
    TreeSet<String> suites =
        complete.stream().map(Group::suite).collect(Collectors.toCollection(TreeSet::new));
    if (wanted.isEmpty()) {
      throw new DataException(missing(suites));
    }
    throw new DataException(
        suites.size() > 1 && request.suite().isEmpty()
            ? "%s has descriptions of several suites. Choose one with --suite: %s"
                .formatted(folder, String.join(", ", suites))
            : "%s has descriptions of several archives: %s. Copy the files of one to a folder of their own"
                .formatted(
                    folder, wanted.stream().map(Group::start).collect(Collectors.joining(", "))));
  }

  /** Plain names do not tell their suite. */
  private static boolean isOf(Group group, String suite) {
    return group.start().isEmpty() || group.suite().equals(suite.replace('/', '_'));
  }

  private String missing(Set<String> suites) {
    return suites.isEmpty()
        ? "%s: no file Translation-en of the component %s, which has the descriptions of packages; apt fetches it only if Acquire::Languages has en%s"
            .formatted(folder, request.component(), HOW)
        : "%s: no descriptions of the suite %s; the folder has: %s%s"
            .formatted(folder, request.suite().orElse(""), String.join(", ", suites), HOW);
  }
}
