package org.seq4j.cli.debian;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The part of an archive from which corpora are made.
 *
 * @param languages codes of languages, as in the names of translation files: {@code it}, {@code
 *     pt_BR}; {@code en} stands for summaries, the others for translations from English
 * @param lists folder of the archive's files, unless there is a mirror
 * @param mirror address of an archive, without {@code /dists}
 * @param suite name of the suite, for example bookworm; absent if the folder has only one
 * @param component the component, for example main
 */
public record DebianRequest(
    List<String> languages,
    Path lists,
    Optional<URI> mirror,
    Optional<String> suite,
    String component) {
  public static final String ENGLISH = "en";

  /** Copies the list. */
  public DebianRequest {
    languages = List.copyOf(languages);
  }

  /** Returns the languages other than English. */
  List<String> translations() {
    return languages.stream().filter(language -> !language.equals(ENGLISH)).toList();
  }

  boolean summaries() {
    return languages.contains(ENGLISH);
  }
}
