package org.seq4j.cli.debian;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.seq4j.runtime.io.AtomicFiles;
import org.seq4j.trainer.data.corpus.DataException;

/**
 * An archive on the network. Its files are kept in a folder, under the names that apt would give
 * them, so that a second run needs no network. A file is kept only if its checksum is that of the
 * suite's InRelease.
 */
final class Mirror {
  private static final Pattern PACKAGES =
      Pattern.compile("(.+/binary-[\\w-]+/Packages)(?:\\.\\w+)?");
  private static final Pattern TRANSLATION =
      Pattern.compile(".+/i18n/Translation-([\\w@]+)(?:\\.\\w+)?");

  private final Fetcher fetcher;
  private final URI suite;
  private final DebianRequest request;
  private final Path folder;

  /**
   * Creates a mirror.
   *
   * @param folder where files are kept; created if missing
   */
  Mirror(Fetcher fetcher, DebianRequest request, Path folder) {
    String address = request.mirror().orElseThrow().toString().replaceFirst("/+$", "");
    this.fetcher = fetcher;
    this.suite = URI.create(address + "/dists/" + request.suite().orElseThrow() + "/");
    this.request = request;
    this.folder = folder;
  }

  /**
   * Fetches the files that are needed and not there.
   *
   * @throws DataException if the mirror lacks them, cannot be reached, or sends other files
   * @throws org.seq4j.runtime.io.RunException if they cannot be kept
   */
  ArchiveFiles fetch() {
    Path inRelease = path("InRelease");
    if (!Files.exists(inRelease)) {
      fetchRelease(inRelease);
    }
    Release release = Release.read(inRelease);
    String packages = packages(release);
    Map<String, String> translations = new LinkedHashMap<>();
    Set<String> languages = new LinkedHashSet<>(List.of(DebianRequest.ENGLISH));
    languages.addAll(request.translations());
    languages.forEach(language -> translations.put(language, translation(release, language)));

    List<Path> packageFiles = List.of(fetch(release, packages));
    Map<String, Path> files = new LinkedHashMap<>();
    translations.forEach((language, path) -> files.put(language, fetch(release, path)));
    return new ArchiveFiles(
        request.suite().orElseThrow(), Optional.of(inRelease), packageFiles, files);
  }

  /** Returns the place of a file of the suite in the folder. */
  private Path path(String path) {
    String name = suite.getHost() + suite.getPath() + path;
    return folder.resolve(name.replace("_", "%5f").replace(":", "%3a").replace('/', '_'));
  }

  private void fetchRelease(Path file) {
    URI uri = suite.resolve("InRelease");
    AtomicFiles.write(
        file,
        out -> {
          ByteArrayOutputStream bytes = new ByteArrayOutputStream();
          int status = fetcher.fetch(uri, bytes);
          if (status != Fetcher.OK) {
            throw new DataException(
                "%s: status %s. Check the address of the mirror and the name of the suite; its suites are in %s"
                    .formatted(uri, status, suite.resolve("..")));
          }
          Release.read(new ByteArrayInputStream(bytes.toByteArray()), uri.toString());
          bytes.writeTo(out);
        });
  }

  /** Any architecture has nearly the same packages. */
  private String packages(Release release) {
    String component = request.component() + "/";
    List<String> all =
        release.files().keySet().stream()
            .map(PACKAGES::matcher)
            .filter(found -> found.matches() && found.group(1).startsWith(component + "binary-"))
            .map(found -> found.group(1))
            .distinct()
            .toList();
    String usual = component + "binary-amd64/Packages";
    Optional<String> chosen =
        all.contains(usual) ? Optional.of(usual) : all.stream().sorted().findFirst();
    return chosen
        .flatMap(path -> release.find(path, ArchiveFiles.EXTENSIONS))
        .orElseThrow(
            () ->
                new DataException(
                    "%sInRelease: the suite has no packages in the component %s; it has: %s"
                        .formatted(
                            suite,
                            request.component(),
                            release.about().getOrDefault("Components", "none"))));
  }

  private String translation(Release release, String language) {
    String start = request.component() + "/i18n/Translation-";
    return release
        .find(start + language, ArchiveFiles.EXTENSIONS)
        .orElseThrow(
            () ->
                new DataException(
                    "%sInRelease: the suite has no descriptions in the language %s; it has: %s"
                        .formatted(
                            suite,
                            language,
                            release.files().keySet().stream()
                                .map(TRANSLATION::matcher)
                                .filter(it -> it.matches() && it.group().startsWith(start))
                                .map(found -> found.group(1))
                                .distinct()
                                .sorted()
                                .collect(Collectors.joining(", ")))));
  }

  private Path fetch(Release release, String path) {
    Path file = path(path);
    Release.Sum expected = release.files().get(path);
    if (Files.exists(file) && Checksum.of(file).equals(expected.sha256())) {
      return file;
    }
    URI uri = suite.resolve(path);
    AtomicFiles.write(file, out -> fetch(uri, expected, out));
    return file;
  }

  private void fetch(URI uri, Release.Sum expected, OutputStream out) throws IOException {
    MessageDigest digest = Checksum.sha256();
    int status = fetcher.fetch(uri, new DigestOutputStream(out, digest));
    if (status != Fetcher.OK) {
      throw new DataException(
          "%s: status %s, though the suite's InRelease lists the file; %s"
              .formatted(uri, status, changed()));
    }
    String found = Checksum.text(digest);
    if (!found.equals(expected.sha256())) {
      throw new DataException(
          "%s: the SHA-256 sum is %s, but the suite's InRelease says %s; the file was damaged on its way, or %s"
              .formatted(uri, found, expected.sha256(), changed()));
    }
  }

  private String changed() {
    return "the archive has changed since InRelease was fetched. Remove %s and run the command again"
        .formatted(path("InRelease"));
  }
}
