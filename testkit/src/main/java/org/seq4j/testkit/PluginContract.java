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
 * What every component of a plugin keeps, whatever it is: its keys are documented and have working
 * defaults, bad values are refused in words, and it loads from a jar of its own. Its author extends
 * this in a few lines, beside the contract of the component's kind:
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

  /** The plugin that registers the component. */
  protected abstract Plugin plugin();

  /** The interface of the component's kind. */
  protected abstract Class<?> kind();

  /** The name under which it is registered. */
  protected abstract String name();

  /** The keys that have no default, and no others, by name with a value in YAML that works. */
  protected Map<String, String> requiredKeys() {
    return Map.of();
  }

  /**
   * Configurations that must be refused, in YAML, each with a part of the message that the user
   * gets: the rules in the record's constructor and in the component's.
   */
  protected Map<String, String> refused() {
    return Map.of();
  }

  /** Jars that the plugin needs beside its own; Seq4j's core and TensorFlow are there already. */
  protected List<Path> libraries() {
    return List.of();
  }

  /** The plugin is of this version, and names and records are as {@link Components} asks. */
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

  /** The keys say what they mean, to the last of those nested. */
  @Test
  protected void documentsEveryKey() {
    undocumented(keys(), "")
        .ifPresent(
            key ->
                fail(
                    "the key '%s' of %s has no doc: put @Key(doc = ...) on the record's component and"
                            .formatted(key, name())
                        + " say what it does, its unit and where it is from"));
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

  /** {@link #requiredKeys()} leaves every default to be tested. */
  @Test
  protected void requiresOnlyWhatHasNoDefault() {
    List<String> required =
        keys().stream()
            .filter(ConfigDescription.Entry::required)
            .map(ConfigDescription.Entry::name)
            .toList();
    assertThat(requiredKeys().keySet())
        .as("requiredKeys() must give the keys that have no default, and no others")
        .containsExactlyInAnyOrderElementsOf(required);
  }

  /** With nothing but what is required, a component is made. */
  @Test
  protected void makesAComponentFromItsDefaults() {
    Object made = null;
    try {
      made = make(entry(), yaml(Map.of()), PluginJar.host());
    } catch (ConfigException | IllegalArgumentException e) {
      fail(
          "%s refuses its own defaults: see defaultValue in @Key, the record's constructor and"
                  .formatted(name())
              + " the component's: "
              + e.getMessage(),
          e);
    }
    assertThat(made).as("what is made as %s", name()).isNotNull();
  }

  /** At the ends of what a number may be, it works or is refused in words. */
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
          assertThat(e.getMessage()).as("message that refuses %s: %s", key, value).isNotBlank();
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

  /** What {@link #refused()} lists is refused, with these words. */
  @Test
  protected void refusesInWords() {
    refused()
        .forEach(
            (yaml, words) -> {
              try {
                make(entry(), yaml, PluginJar.host());
              } catch (ConfigException | IllegalArgumentException e) {
                assertThat(e).as("what refuses %s", yaml).hasMessageContaining(words);
                return;
              }
              fail(
                  "%s accepts %s, which refused() lists: check it in the record's constructor or in"
                          .formatted(name(), yaml)
                      + " the component's, and throw an IllegalArgumentException");
            });
  }

  /** It is listed, and from a jar in a folder of plugins it loads and makes a component. */
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
      assertThat(found.origin().plugin()).isPresent(); // it is the jar's
      assertThat(make(found, yaml(Map.of()), loaded.registry()))
          .isInstanceOf(found.kind().component());
    } catch (PluginException e) {
      fail("from a jar in a folder of plugins it cannot be used: " + e.getMessage(), e);
    } catch (LinkageError e) {
      fail(
          "from a jar in a folder of plugins "
              + name()
              + " lacks a class: "
              + e.getMessage()
              + ". Seq4j serves plugins only "
              + String.join(", ", PluginClassLoader.HOST_PACKAGES)
              + ": bring what else is needed, and tell it in libraries()",
          e);
    }
  }

  private ComponentRegistry.Entry<?> entry() {
    return find(ComponentRegistry.of(plugin())).orElseThrow();
  }

  /** By the name of the kind: a kind of the jar's own is another class than that of the tests. */
  private Optional<ComponentRegistry.Entry<?>> find(ComponentRegistry registry) {
    String kind = ComponentKind.of(kind()).orElseThrow().name();
    return registry.entries().stream()
        .filter(entry -> entry.kind().name().equals(kind) && entry.name().equals(name()))
        .findFirst();
  }

  private List<ConfigDescription.Entry> keys() {
    return ConfigDescription.of(entry().configType()).keys();
  }

  /** What is required, and more; a key in both is as in the latter. */
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
