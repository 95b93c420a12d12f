package org.seq4j.core.plugin;

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

/** Broken plugins are caught, and the message tells the author what to look at. */
class PluginContractTest {
  private static final String TOKENIZER =
      """
      class Made implements Tokenizer {
        public java.util.List<Token> encode(String text) { return java.util.List.of(); }
        public String decode(java.util.List<String> symbols) { return ""; }
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
    private final ComponentFactory<?, ?> factory;
    private final Map<String, String> requiredKeys;
    private final Map<String, String> refused;

    Contract(PluginSources sources, Map<String, String> requiredKeys, Map<String, String> refused) {
      this.factory = load(sources);
      this.requiredKeys = requiredKeys;
      this.refused = refused;
      this.folder = PluginContractTest.this.folder.resolve("contract");
    }

    @Override
    protected ComponentFactory<?, ?> factory() {
      return factory;
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

  private ComponentFactory<?, ?> load(PluginSources sources) {
    try {
      URL jar = sources.jar(folder.resolve("source/acme.jar")).toUri().toURL();
      URLClassLoader loader = new URLClassLoader(new URL[] {jar}, getClass().getClassLoader());
      loaders.add(loader);
      return (ComponentFactory<?, ?>)
          loader.loadClass("acme.Factory").getConstructor().newInstance();
    } catch (IOException | ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A factory whose record has these components, and which makes a tokenizer by a statement. */
  private static PluginSources plugin(String name, String components, String create) {
    String factory =
        """
        public class Factory implements TokenizerFactory<Factory.Config> {
          public record Config(%s) {}
          public String name() { return "%s"; }
          public int apiVersion() { return ComponentFactory.API_VERSION; }
          public Class<Config> configType() { return Config.class; }
          public Tokenizer create(Config config, ComponentContext context) { %s }
          %s
        }
        """;
    return new PluginSources()
        .source("Factory", factory.formatted(components, name, create, "static " + TOKENIZER))
        .provider("acme.Factory");
  }

  private static String key(String type, String name, String more) {
    return "@org.seq4j.core.config.Key(doc = \"It is told.\"%s) %s %s".formatted(more, type, name);
  }

  private Contract contract(String name, String components, String create) {
    return new Contract(plugin(name, components, create), Map.of(), Map.of());
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
              contract.keepsTheRulesOfFactories();
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
        contract::keepsTheRulesOfFactories,
        "the name 'Bad_Name'; a name is lower-case letters, digits, + and -");
    assertCaught(contract::loadsFromAJarOfItsOwn, "cannot be used", "the name 'Bad_Name'");
  }

  @Test
  void anotherVersionOfTheInterface() {
    Contract contract =
        new Contract(
            PluginSources.tokenizer("old", "public int apiVersion() { return 77; }"),
            Map.of(),
            Map.of());
    assertCaught(
        contract::keepsTheRulesOfFactories,
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
        "requiredKeys() must give the keys that have no default",
        "depth");
  }

  @Test
  void aDefaultThatItsOwnBoundsForbid() {
    String depth = key("int", "depth", ", defaultValue = \"0\", min = 1");
    assertCaught(
        contract("strict", depth, "return new Made();")::makesAComponentFromItsDefaults,
        "strict refuses its own defaults: see defaultValue in @Key",
        "depth");
  }

  @Test
  void aFactoryThatMakesNothing() {
    assertCaught(
        contract("empty", "", "return null;")::makesAComponentFromItsDefaults,
        "what create() of empty returns");
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
        new Contract(plugin("lax", "", "return new Made();"), Map.of(), Map.of("{}", "nothing"));
    assertCaught(contract::refusesInWords, "lax accepts {}, which refused() lists");
  }

  @Test
  void aFactoryThatIsNotListed() {
    PluginSources sources =
        plugin("hidden", "", "return new Made();").without(PluginSources.SERVICE);
    assertCaught(
        new Contract(sources, Map.of(), Map.of())::loadsFromAJarOfItsOwn,
        "add the line acme.Factory to META-INF/services/" + TOKENIZER_SERVICE);
  }

  private static final String TOKENIZER_SERVICE = "org.seq4j.core.text.TokenizerFactory";

  @Test
  void aClassThatOnlyTheClassPathHas() {
    String create = "org.assertj.core.api.Assertions.assertThat(true); return new Made();";
    assertCaught(
        contract("leaning", "", create)::loadsFromAJarOfItsOwn,
        "lacks a class",
        "org/assertj",
        "tell it in libraries()");
  }
}
