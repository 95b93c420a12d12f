package org.seq4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

/**
 * THIRD-PARTY.txt has every library that the distribution holds, with the license that its pom
 * states, and the text of each license.
 */
class ThirdPartyTest {
  /** Group, artifact, version and file of a line that dependency:list writes. */
  private static final Pattern LIBRARY =
      Pattern.compile(
          "(?m)^ +([^: ]+):([^:]+):jar:(?:[^:]+:)?([^:]+):(?:compile|runtime):(.*?\\.jar)");

  private static final Pattern NOTICE = Pattern.compile("(?m)^  (\\S+:\\S+) +(\\S.*)$");

  /** What poms call a license, and its SPDX identifier; the first that is found counts. */
  private static final Map<Pattern, String> LICENSES = new LinkedHashMap<>();

  static {
    license("(?i)apache", "Apache-2.0");
    license("EPL-2.0", "EPL-2.0");
    license("LGPL-2.1-or-later", "LGPL-2.1-or-later");
    license("GPLv2 with Classpath", "GPL-2.0-only WITH Classpath-exception-2.0");
    license("GPL.* version 2, or any later", "GPL-2.0-or-later");
    license("\\bMIT\\b", "MIT");
    license("0BSD", "0BSD");
    license("BSD.2-Clause", "BSD-2-Clause");
    license("BSD.3-Clause", "BSD-3-Clause");
    license("BSD License .*/bsd-license.html", "BSD-3-Clause"); // Snowball's COPYING has three
    license("BSD-style .*sphinx4", "Sphinx-4");
    license("Public Domain", "Public-Domain");
  }

  private static String page;
  private static Map<String, String> noticed;

  @BeforeAll
  static void read() throws IOException {
    page = Files.readString(CommandRun.project("THIRD-PARTY.txt"));
    String table = page.substring(0, page.indexOf("\n===="));
    noticed =
        NOTICE
            .matcher(table)
            .results()
            .collect(
                Collectors.toMap(
                    line -> line.group(1),
                    line -> line.group(2),
                    (one, other) -> one,
                    TreeMap::new));
  }

  @Test
  void everyLibraryIsListedWithItsLicenseAndNoOther() throws Exception {
    Map<String, String> actual = new TreeMap<>();
    for (MatchResult library : libraries()) {
      actual.put(library.group(1) + ":" + library.group(2), license(library));
    }
    assertThat(actual).hasSizeGreaterThan(40);
    assertThat(noticed).containsExactlyInAnyOrderEntriesOf(actual);
  }

  @Test
  void theTextOfEveryLicenseIsThere() {
    for (Map.Entry<String, String> library : noticed.entrySet()) {
      if (!library.getValue().contains("Apache-2.0")) {
        String section = "=\n" + library.getValue() + "\n=";
        assertThat(page).contains(section);
        assertThat(page.substring(page.indexOf(section)))
            .as("the section " + library.getValue())
            .contains(library.getKey());
      }
    }
  }

  private static List<MatchResult> libraries() throws IOException {
    try (InputStream list = ThirdPartyTest.class.getResourceAsStream("/libraries.txt")) {
      assertThat(list).as("Maven writes it: the profile 'libraries' of cli's pom").isNotNull();
      String lines = new String(list.readAllBytes(), StandardCharsets.UTF_8);
      return LIBRARY.matcher(lines.replaceAll("\\x1b\\[[0-9;]*m", "")).results().toList();
    }
  }

  /** Reads the license in the pom beside a jar, or in the nearest parent that states one. */
  private static String license(MatchResult library) throws Exception {
    Path folder = Path.of(library.group(4)).getParent();
    Path repository = folder.getParent().getParent(); // of version and artifact, then of the group
    for (int parts = library.group(1).split("\\.", -1).length; parts > 0; parts--) {
      repository = repository.getParent();
    }
    Optional<PomFile> pom =
        Optional.of(pom(repository, library.group(1), library.group(2), library.group(3)));
    while (pom.isPresent() && pom.get().element("licenses").isEmpty()) {
      pom = parent(repository, pom.get());
    }
    Element licenses = pom.orElseThrow().element("licenses").orElseThrow();
    return PomFile.children(licenses)
        .map(ThirdPartyTest::identifier)
        .collect(Collectors.toCollection(TreeSet::new))
        .stream()
        .collect(Collectors.joining(" OR "));
  }

  private static Optional<PomFile> parent(Path repository, PomFile pom) throws Exception {
    Optional<Element> parent = pom.element("parent");
    if (parent.isEmpty()) {
      return Optional.empty();
    }
    Element is = parent.get();
    return Optional.of(
        pom(
            repository,
            PomFile.child(is, "groupId"),
            PomFile.child(is, "artifactId"),
            PomFile.child(is, "version")));
  }

  private static PomFile pom(Path repository, String group, String artifact, String version)
      throws Exception {
    return PomFile.read(
        repository
            .resolve(group.replace('.', '/'))
            .resolve(artifact)
            .resolve(version)
            .resolve(artifact + "-" + version + ".pom"));
  }

  private static String identifier(Element license) {
    String stated = PomFile.child(license, "name") + " " + PomFile.child(license, "url");
    return LICENSES.entrySet().stream()
        .filter(known -> known.getKey().matcher(stated).find())
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(stated);
  }

  private static void license(String stated, String identifier) {
    LICENSES.put(Pattern.compile(stated), identifier);
  }
}
