package org.seq4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A kind of component that a plugin brings is listed and explained as Seq4j's own are. */
final class PluginKindTest {
  private static final String SOURCE =
      """
      package acme;

      import org.seq4j.core.plugin.Key;
      import org.seq4j.core.plugin.*;
      import org.seq4j.core.text.*;

      public class AcmePlugin implements Plugin {
        @Kind("filter") public interface Filter {}
        public record Length(@Key(doc = "The longest.", defaultValue = "3") int most) implements Filter {}
        public record Letters(
            @Key(doc = "What stays.", defaultValue = "length") Component<Filter> filter) {}

        public int apiVersion() { return API_VERSION; }

        public void register(Components components) {
          components.of(Filter.class).add("length", "Short texts.", Length.class, keys -> keys);
          components.of(Tokenizer.class).add("letters", "Letters.", Letters.class, keys -> null);
        }
      }
      """;

  @TempDir static Path plugins;

  @BeforeAll
  static void compile() throws IOException {
    Path classes = Files.createDirectories(plugins.resolve("acme"));
    Path source = Files.writeString(plugins.resolve("AcmePlugin.java"), SOURCE);
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-d", classes.toString(), source.toString());
    assertThat(status).isZero();
    Path services = Files.createDirectories(classes.resolve("META-INF/services"));
    Files.writeString(services.resolve("org.seq4j.core.plugin.Plugin"), "acme.AcmePlugin");
  }

  @Test
  void isListedAfterOurs() {
    CommandRun list = CommandRun.of("plugins", "list", "--plugins", plugins);
    assertThat(list.out().strip().lines().reduce((first, second) -> second).orElseThrow())
        .matches("filter +length +acme, \\S+/acme");
  }

  @Test
  void isExplained() {
    CommandRun help =
        CommandRun.of("plugins", "describe", "filter", "length", "--plugins", plugins);
    assertThat(help.out())
        .startsWith("filter length (acme, ")
        .contains("  Short texts.\n")
        .contains("  most  whole number; default 3\n");
    assertThat(
            CommandRun.of("plugins", "describe", "tokenizer", "letters", "--plugins", plugins)
                .out())
        .contains("  filter  filter; default length\n")
        .contains("See: seq4j plugins list, under filter\n");
  }

  @Test
  void isKnownWhereAKindIsMisspelt() {
    CommandRun wrong = CommandRun.of("plugins", "describe", "filtre", "x", "--plugins", plugins);
    assertThat(wrong.err())
        .startsWith("seq4j: there is no kind 'filtre'. Known: encoder, ")
        .contains(", corpus-format, reader, objective, filter\n");
    assertThat(wrong.status()).isEqualTo(2);
  }
}
