package org.seq4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.ComponentException.WrongResult;
import org.seq4j.core.plugin.Components;
import org.seq4j.core.plugin.Key;
import org.seq4j.core.plugin.Plugin;
import org.seq4j.runtime.config.ConfigException;
import org.seq4j.runtime.config.ConfigReader;
import org.seq4j.runtime.config.key.ComponentKind;
import org.seq4j.runtime.config.key.ConfigDescription;
import org.seq4j.runtime.plugin.ComponentRegistry;
import org.seq4j.runtime.plugin.LoadedPlugins;
import org.seq4j.runtime.plugin.PluginClassLoader;
import org.seq4j.runtime.plugin.PluginException;
import org.seq4j.runtime.plugin.PluginLoader;
import org.seq4j.runtime.plugin.Providers;

/**
 * Contract of all components of plugins: their keys are documented and have working defaults,
 * invalid values are rejected with a message, and they load from their own jar. The author extends
 * it in a test of a few lines, in addition to the contract of the component's kind, if there is
 * one:
 *
 * <pre>{@code
 * class SyllablesPluginTest extends PluginContract {
 *   protected Plugin plugin() { return new SyllablesPlugin(); }
 *   protected Class<?> kind() { return Tokenizer.class; }
 *   protected String name() { return "syllables"; }
 * }
 * }</pre>
 */
public abstract class PluginContract {
  private static final Path FILE = Path.of("contract.yaml");
  private static final Set<Class<?>> WHOLE =
      Set.of(int.class, long.class, Integer.class, Long.class);
  private static final Set<Class<?>> DECIMAL =
      Set.of(float.class, double.class, Float.class, Double.class);

  @TempDir protected Path folder;

  /** Returns the plugin that registers the component. */
  protected abstract Plugin plugin();

  /** Returns the interface of the component's kind. */
  protected abstract Class<?> kind();

  /** Returns the name under which the component is registered. */
  protected abstract String name();

  /** Returns exactly the keys without default, each with a valid value in YAML. */
  protected Map<String, String> requiredKeys() {
    return Map.of();
  }

  /**
   * Returns invalid configurations in YAML, each with a part of the message for users. They test
   * the checks in the constructors of the record and of the component.
   */
  protected Map<String, String> refused() {
    return Map.of();
  }

  /** Returns the jars that the plugin needs besides its own, Seq4j's core and TensorFlow. */
  protected List<Path> libraries() {
    return List.of();
  }

  /**
   * The plugin has this API version, and its names and records are as {@link Components} requires.
   */
  @Test
  protected void keepsTheRulesOfPlugins() {
    ComponentRegistry registry = null;
    try {
      registry = ComponentRegistry.of(plugin());
    } catch (PluginException e) {
      fail(e.getMessage(), e);
    }
    assertThat(find(registry))
        .as("%s must register '%s' as %s", plugin().getClass().getName(), name(), kind())
        .isPresent();
  }

  /** All keys are documented, including nested ones. */
  @Test
  protected void documentsEveryKey() {
    undocumented(keys(), "")
        .ifPresent(
            key ->
                fail(
                    "the key '%s' of %s has no doc: put @Key(doc = ...) on the record's component and"
                            .formatted(key, name())
                        + " describe its effect, its unit and its source (paper)"));
  }

  private static Optional<String> undocumented(List<ConfigDescription.Entry> keys, String path) {
    for (ConfigDescription.Entry key : keys) {
      if (key.doc().isBlank()) {
        return Optional.of(path + key.name());
      }
      Optional<String> below = undocumented(key.nested(), path + key.name() + ".");
      if (below.isPresent()) {
        return below;
      }
    }
    return Optional.empty();
  }

  /** {@link #requiredKeys()} contains no key with a default, so that all defaults are tested. */
  @Test
  protected void requiresOnlyWhatHasNoDefault() {
    List<String> required =
        keys().stream()
            .filter(ConfigDescription.Entry::required)
            .map(ConfigDescription.Entry::name)
            .toList();
    assertThat(requiredKeys().keySet())
        .as("requiredKeys() must return exactly the keys that have no default")
        .containsExactlyInAnyOrderElementsOf(required);
  }

  /** A component can be created from its required keys alone. */
  @Test
  protected void makesAComponentFromItsDefaults() {
    Object made = null;
    try {
      made = make(entry(), yaml(Map.of()), PluginJar.host());
    } catch (ConfigException | IllegalArgumentException | WrongResult e) {
      fail(
          "%s rejects its own defaults: see defaultValue in @Key, and the constructors of the"
                  .formatted(name())
              + " record and the component: "
              + e.getMessage(),
          e);
    }
    assertThat(made).as("the component created as %s", name()).isNotNull();
  }

  /** The bounds of a number either work or are rejected with a message. */
  @Test
  protected void numbersAtTheirBoundsWorkOrAreRefusedInWords() {
    List<ConfigDescription.Entry> keys = keys(); // in the record's order
    for (int i = 0; i < keys.size(); i++) {
      String key = keys.get(i).name();
      for (String value : ends(entry().configType().getRecordComponents()[i])) {
        String yaml = yaml(Map.of(key, value));
        try {
          make(entry(), yaml, PluginJar.host());
        } catch (ConfigException | IllegalArgumentException e) {
          assertThat(e.getMessage()).as("message that rejects %s: %s", key, value).isNotBlank();
        } catch (RuntimeException | LinkageError e) {
          Throwable cause = e.getCause() == null ? e : e.getCause();
          fail(
              "with %s: %s, %s fails with %s. Give the key bounds in @Key, or throw an"
                      .formatted(key, value, name(), cause)
                  + " IllegalArgumentException that tells the user what to do",
              e);
        }
      }
    }
  }

  private static List<String> ends(RecordComponent component) {
    boolean whole = WHOLE.contains(component.getType());
    if (!whole && !DECIMAL.contains(component.getType())) {
      return List.of();
    }
    Key key = component.getAnnotation(Key.class);
    double low = key == null || Double.isInfinite(key.min()) ? -1 : key.min();
    double high = key == null || Double.isInfinite(key.max()) ? 1 : key.max();
    List<String> values = new ArrayList<>();
    for (double value : new double[] {low, high, Math.max(low, Math.min(high, 0))}) {
      values.add(whole ? Long.toString((long) value) : Double.toString(value));
    }
    return values;
  }

  /** The configurations in {@link #refused()} are rejected with their messages. */
  @Test
  protected void refusesInWords() {
    refused()
        .forEach(
            (yaml, words) -> {
              try {
                make(entry(), yaml, PluginJar.host());
              } catch (ConfigException | IllegalArgumentException e) {
                assertThat(e).as("the exception for %s", yaml).hasMessageContaining(words);
                return;
              }
              fail(
                  "%s accepts %s, which refused() lists: check it in the constructor of the record or"
                          .formatted(name(), yaml)
                      + " the component, and throw an IllegalArgumentException");
            });
  }

  /** The plugin is listed in its jar, and its component loads from a folder of plugins. */
  @Test
  protected void loadsFromAJarOfItsOwn() throws IOException {
    PluginJar jar = PluginJar.of(plugin().getClass(), folder.resolve("plugins"), libraries());
    assertThat(jar.lists(plugin().getClass()))
        .as(
            "add the line %s to %s in the plugin's resources",
            plugin().getClass().getName(), Providers.SERVICE)
        .isTrue();
    try (LoadedPlugins loaded = new PluginLoader(jar.hostWithoutIt()).load(jar.plugins())) {
      ComponentRegistry.Entry<?> found = find(loaded.registry()).orElseThrow();
      assertThat(found.origin().plugin()).isPresent(); // it is from the jar
      Object made = make(found, yaml(Map.of()), loaded.registry());
      assertThat(made).isInstanceOf(found.kind().component());
      ComponentUse.of(made); // a library may be missed only where it is called
    } catch (PluginException e) {
      fail("the plugin cannot be used from a jar in a folder of plugins: " + e.getMessage(), e);
    } catch (LinkageError e) {
      fail(
          "from a jar in a folder of plugins "
              + name()
              + " lacks a class: "
              + e.getMessage()
              + ". Plugins see only these packages of Seq4j: "
              + String.join(", ", PluginClassLoader.HOST_PACKAGES)
              + ": bundle other libraries, and return them in libraries()",
          e);
    }
  }

  /** Creates the component from its required keys. */
  protected final Object component() {
    return make(entry(), yaml(Map.of()), PluginJar.host());
  }

  private ComponentRegistry.Entry<?> entry() {
    return find(ComponentRegistry.of(plugin())).orElseThrow();
  }

  /**
   * Finds the component by names: an interface in the jar is not the same class as in the tests.
   */
  private Optional<ComponentRegistry.Entry<?>> find(ComponentRegistry registry) {
    String kind = ComponentKind.of(kind()).orElseThrow().name();
    return registry.entries().stream()
        .filter(entry -> entry.kind().name().equals(kind) && entry.name().equals(name()))
        .findFirst();
  }

  private List<ConfigDescription.Entry> keys() {
    return ConfigDescription.of(entry().configType()).keys();
  }

  /** Returns the YAML of the required keys and more keys, which take precedence. */
  private String yaml(Map<String, String> more) {
    StringBuilder yaml = new StringBuilder();
    Map<String, String> all = new TreeMap<>(requiredKeys());
    all.putAll(more);
    all.forEach((key, value) -> yaml.append("%s: %s\n".formatted(key, value)));
    return yaml.isEmpty() ? "{}" : yaml.toString();
  }

  private <T> T make(ComponentRegistry.Entry<T> made, String yaml, ComponentRegistry registry) {
    ConfigReader reader = new ConfigReader(registry);
    Record config = reader.bind(reader.parse(FILE, yaml, List.of()), made.configType());
    return made.maker().apply(config, new ComponentContext(folder));
  }
}
