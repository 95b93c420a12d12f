package org.seq4j.testkit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seq4j.core.plugin.Plugin;
import org.seq4j.core.text.Tokenizer;

/** Broken plugins are caught, and the message tells the author what to look at. */
class PluginContractTest {
  private static final String TOKENIZER =
      """
      class Made implements Tokenizer {
        public java.util.List<Token> tokenize(String text) { return java.util.List.of(); }
        public String detokenize(java.util.List<String> tokens) { return ""; }
      }
      """;

  @TempDir private Path folder;
  private final List<URLClassLoader> loaders = new ArrayList<>();

  @AfterEach
  void closeLoaders() throws IOException {
    for (URLClassLoader loader : loaders) {
      loader.close();
    }
  }

  /** The contract of one plugin. */
  private final class Contract extends PluginContract {
    private final Plugin plugin;
    private final String name;
    private final Map<String, String> requiredKeys;
    private final Map<String, String> refused;

    Contract(
        String name,
        PluginSources sources,
        Map<String, String> requiredKeys,
        Map<String, String> refused) {
      this.name = name;
      this.plugin = load(sources);
      this.requiredKeys = requiredKeys;
      this.refused = refused;
      this.folder = PluginContractTest.this.folder.resolve("contract");
    }

    @Override
    protected Plugin plugin() {
      return plugin;
    }

    @Override
    protected Class<?> kind() {
      return Tokenizer.class;
    }

    @Override
    protected String name() {
      return name;
    }

    @Override
    protected Map<String, String> requiredKeys() {
      return requiredKeys;
    }

    @Override
    protected Map<String, String> refused() {
      return refused;
    }
  }

  private Plugin load(PluginSources sources) {
    try {
      URL jar = sources.jar(folder.resolve("source/acme.jar")).toUri().toURL();
      URLClassLoader loader = new URLClassLoader(new URL[] {jar}, getClass().getClassLoader());
      loaders.add(loader);
      return (Plugin) loader.loadClass("acme.AcmePlugin").getConstructor().newInstance();
    } catch (IOException | ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A plugin with a tokenizer whose record has these components, made by a statement. */
  private static PluginSources plugin(String name, String components, String make) {
    String plugin =
        """
        public class AcmePlugin implements Plugin {
          public record Config(%s) {}
          public int apiVersion() { return API_VERSION; }
          public void register(Components components) {
            components.of(Tokenizer.class).add("%s", "Cuts.", Config.class, AcmePlugin::make);
          }
          private static Tokenizer make(Config config) { %s }
          %s
        }
        """;
    return new PluginSources()
        .source("AcmePlugin", plugin.formatted(components, name, make, "static " + TOKENIZER))
        .provider("acme.AcmePlugin");
  }

  private static String key(String type, String name, String more) {
    return "@org.seq4j.core.plugin.Key(doc = \"It is told.\"%s) %s %s".formatted(more, type, name);
  }

  private Contract contract(String name, String components, String make) {
    return new Contract(name, plugin(name, components, make), Map.of(), Map.of());
  }

  private static void assertCaught(ThrowingCallable test, String... words) {
    assertThatThrownBy(test).isInstanceOf(AssertionError.class).hasMessageContainingAll(words);
  }

  @Test
  void aGoodPluginPasses() {
    String refuse =
        "if (config.depth() == 3) throw new IllegalArgumentException(\"depth 3 is too deep\");";
    Contract contract =
        new Contract(
            "good",
            plugin(
                "good",
                key("int", "depth", ", defaultValue = \"2\", min = 1, max = 3")
                    + ", "
                    + key("String", "letters", ""),
                refuse + " return new Made();"),
            Map.of("letters", "abc"),
            Map.of("{letters: a, depth: 3}", "too deep"));
    assertThatCode(
            () -> {
              contract.keepsTheRulesOfPlugins();
              contract.documentsEveryKey();
              contract.requiresOnlyWhatHasNoDefault();
              contract.makesAComponentFromItsDefaults();
              contract.numbersAtTheirBoundsWorkOrAreRefusedInWords();
              contract.refusesInWords();
              contract.loadsFromAJarOfItsOwn();
            })
        .doesNotThrowAnyException();
  }

  @Test
  void aBadName() {
    Contract contract = contract("Bad_Name", "", "return new Made();");
    assertCaught(
        contract::keepsTheRulesOfPlugins,
        "the tokenizer 'Bad_Name' cannot be named in a config file; a name is lower-case letters");
    assertCaught(contract::loadsFromAJarOfItsOwn, "cannot be used", "the tokenizer 'Bad_Name'");
  }

  @Test
  void aComponentThatIsNotRegistered() {
    Contract contract =
        new Contract("shy", plugin("bold", "", "return new Made();"), Map.of(), Map.of());
    assertCaught(
        contract::keepsTheRulesOfPlugins,
        "acme.AcmePlugin must register 'shy' as interface org.seq4j.core.text.Tokenizer");
  }

  @Test
  void anotherVersionOfTheInterface() {
    Contract contract =
        new Contract(
            "old",
            PluginSources.tokenizer("old", "public int apiVersion() { return 77; }"),
            Map.of(),
            Map.of());
    assertCaught(
        contract::keepsTheRulesOfPlugins,
        "compiled against version 77 of the plugin API",
        "compile it again");
  }

  @Test
  void aKeyWithoutADoc() {
    assertCaught(
        contract("mute", "int depth", "return new Made();")::documentsEveryKey,
        "the key 'depth' of mute has no doc: put @Key(doc = ...)");
  }

  @Test
  void aRequiredKeyThatTheTestDoesNotKnow() {
    assertCaught(
        contract("needy", key("int", "depth", ""), "return new Made();")
            ::requiresOnlyWhatHasNoDefault,
        "requiredKeys() must return exactly the keys that have no default",
        "depth");
  }

  @Test
  void aDefaultThatItsOwnBoundsForbid() {
    String depth = key("int", "depth", ", defaultValue = \"0\", min = 1");
    assertCaught(
        contract("strict", depth, "return new Made();")::makesAComponentFromItsDefaults,
        "strict rejects its own defaults: see defaultValue in @Key",
        "depth");
  }

  @Test
  void aMakerThatMakesNothing() {
    assertCaught(
        contract("empty", "", "return null;")::makesAComponentFromItsDefaults,
        "the component created as empty");
  }

  @Test
  void aNumberThatCrashes() {
    String depth = key("int", "stepSize", ", defaultValue = \"2\"");
    assertCaught(
        contract("crash", depth, "int i = 6 / config.stepSize(); return new Made();")
            ::numbersAtTheirBoundsWorkOrAreRefusedInWords,
        "with step_size: 0, crash fails with java.lang.ArithmeticException",
        "Give the key bounds in @Key");
  }

  @Test
  void aRuleThatIsNotChecked() {
    Contract contract =
        new Contract(
            "lax", plugin("lax", "", "return new Made();"), Map.of(), Map.of("{}", "nothing"));
    assertCaught(contract::refusesInWords, "lax accepts {}, which refused() lists");
  }

  @Test
  void aPluginThatIsNotListed() {
    PluginSources sources =
        plugin("hidden", "", "return new Made();").without(PluginSources.SERVICE);
    assertCaught(
        new Contract("hidden", sources, Map.of(), Map.of())::loadsFromAJarOfItsOwn,
        "add the line acme.AcmePlugin to META-INF/services/org.seq4j.core.plugin.Plugin");
  }

  @Test
  void aClassThatOnlyTheClassPathHas() {
    String make = "org.assertj.core.api.Assertions.assertThat(true); return new Made();";
    assertCaught(
        contract("leaning", "", make)::loadsFromAJarOfItsOwn,
        "lacks a class",
        "org/assertj",
        "return them in libraries()");
  }
}
