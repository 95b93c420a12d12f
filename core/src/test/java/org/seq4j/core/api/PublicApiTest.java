package org.seq4j.core.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seq4j.core.plugin.Plugin;

/** A change of what plugins can see does not happen by accident. */
class PublicApiTest {
  private static final Path CLASSES = Path.of("target/classes");
  private static final Path ACCEPTED = Path.of("api.txt");
  private static final String HOW =
      "To accept it: mvn -q test -pl core -Dtest=PublicApiTest -Dsurefire.failIfNoSpecifiedTests=false"
          + " -Dseq4j.acceptApi=true";

  @Test
  void isWhatWasAccepted() throws Exception {
    PublicApi now = PublicApi.of(CLASSES, Plugin.API_VERSION);
    PublicApi accepted = PublicApi.read(ACCEPTED);
    List<String> breaking = accepted.brokenBy(now);
    assertThat(breaking.isEmpty() || now.version() > accepted.version())
        .as(
            "plugins compiled before this change no longer work: raise Plugin.API_VERSION"
                + " above %d, so that they are refused in words. What breaks them:%n%s",
            accepted.version(), String.join("\n", breaking))
        .isTrue();
    if (Boolean.getBoolean("seq4j.acceptApi")) {
      now.write(ACCEPTED);
      return;
    }
    assertThat(now)
        .as(
            "core's public signatures are not those of core/api.txt.%nNew:%n%s%nGone:%n%s%n%s%n",
            String.join("\n", now.without(accepted)), String.join("\n", accepted.without(now)), HOW)
        .isEqualTo(accepted);
  }

  @Test
  void whatHasGoneAndWhatIsDemandedBreaks() {
    PublicApi before = api("public interface c :", "c: public void c.d()", "c: public void c.e()");
    PublicApi after =
        api(
            "public interface c :",
            "c: public void c.e()",
            "c: public abstract void c.f()",
            "c: public abstract int c.g() default",
            "public interface h :",
            "h: public abstract void h.i()");
    assertThat(before.brokenBy(after))
        .containsExactly("c: public void c.d()", "c: public abstract void c.f()");
    assertThat(after.brokenBy(after)).isEmpty();
  }

  private static PublicApi api(String... lines) {
    SortedSet<String> all = new TreeSet<>(List.of(lines));
    return new PublicApi(1, all);
  }

  @Test
  void isReadAsItWasWritten(@TempDir Path folder) throws Exception {
    PublicApi now = PublicApi.of(CLASSES, 3);
    now.write(folder.resolve("api.txt"));
    assertThat(PublicApi.read(folder.resolve("api.txt"))).isEqualTo(now);
    assertThat(now.lines())
        .anyMatch(line -> line.startsWith("public interface org.seq4j.core.model.Encoder :"))
        .anyMatch(line -> line.contains("org.seq4j.core.model.Cell: ") && line.contains("abstract"))
        .noneMatch(line -> line.contains("org.seq4j.runtime.graph.scan.ScanTrace"));
  }
}
