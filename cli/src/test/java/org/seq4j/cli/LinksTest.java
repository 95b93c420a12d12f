package org.seq4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the project's pages point to is there. */
class LinksTest {
  private static final Path ROOT = CommandRun.project(".").normalize();
  private static final List<String> FOLDERS = List.of(".github", "benchmarks", "docs", "examples");
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```.*?^```$");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
  private static final Pattern TEST_CLASS = Pattern.compile("`([A-Z]\\w+(?:Test|Contract))`");

  static List<Path> pages() throws IOException {
    List<Path> pages;
    try (Stream<Path> files = Files.list(ROOT)) {
      pages = files.filter(LinksTest::isPage).collect(Collectors.toList());
    }
    for (String folder : FOLDERS) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
        files
            .filter(LinksTest::isPage)
            .filter(file -> !ROOT.relativize(file).toString().matches(".*\\b(target|data)\\b.*"))
            .forEach(pages::add);
      }
    }
    return pages.stream().map(ROOT::relativize).sorted().toList();
  }

  private static boolean isPage(Path file) {
    return file.toString().endsWith(".md");
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyLinkLeadsSomewhere(Path page) throws IOException {
    String text = BLOCK.matcher(Files.readString(ROOT.resolve(page))).replaceAll("");
    for (MatchResult link : LINK.matcher(text).results().toList()) {
      String target = link.group(1);
      if (target.startsWith("http")) {
        continue;
      }
      String[] parts = target.split("#", 2);
      Path file = parts[0].isEmpty() ? ROOT.resolve(page) : beside(page, parts[0]);
      assertThat(file).as("%s in %s", target, page).exists();
      if (parts.length == 2) {
        assertThat(anchors(file)).as("%s in %s", target, page).contains(parts[1]);
      }
    }
  }

  private static Path beside(Path page, String target) {
    return ROOT.resolve(page).resolveSibling(target).normalize();
  }

  /** As GitHub makes them of headings. */
  private static Set<String> anchors(Path file) throws IOException {
    return HEADING
        .matcher(Files.readString(file))
        .results()
        .map(heading -> heading.group(1).strip().toLowerCase(Locale.ROOT))
        .map(heading -> heading.replaceAll("[^\\w\\- ]", "").replace(' ', '-'))
        .collect(Collectors.toSet());
  }

  /** Contributors are told which test a component is held to. */
  @Test
  void theTestsThatContributorsAreToldOfExist() throws IOException {
    String page = Files.readString(ROOT.resolve("CONTRIBUTING.md"));
    Set<String> named =
        TEST_CLASS.matcher(page).results().map(one -> one.group(1)).collect(Collectors.toSet());
    assertThat(named).hasSizeGreaterThan(10);
    assertThat(testClasses()).containsAll(named);
  }

  private static Set<String> testClasses() throws IOException {
    try (Stream<Path> modules = Files.list(ROOT)) {
      List<Path> sources =
          modules
              .flatMap(module -> Stream.of("src/test/java", "src/main/java").map(module::resolve))
              .filter(Files::isDirectory)
              .toList();
      return sources.stream()
          .flatMap(LinksTest::filesOf)
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".java"))
          .map(name -> name.substring(0, name.length() - ".java".length()))
          .collect(Collectors.toSet());
    }
  }

  private static Stream<Path> filesOf(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return Arrays.stream(files.toArray(Path[]::new));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
