package org.seq4j.runtime.config;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seq4j.core.metric.Metric;
import org.seq4j.core.model.Cell;
import org.seq4j.core.plugin.Component;
import org.seq4j.core.plugin.Components;
import org.seq4j.core.plugin.Key;
import org.seq4j.core.plugin.Plugin;
import org.seq4j.core.text.Tokenizer;
import org.seq4j.runtime.plugin.ComponentRegistry;
import org.seq4j.runtime.plugin.Origin;

/** Small components to configure, and short ways to bind and to fail. */
final class Configs {
  static final Path FILE = Path.of("experiments/test.yaml");

  private static final Origin LIBRARY =
      new Origin("seq4j-layers-rnn", Optional.of("0.1.0"), Optional.empty());
  private static final Origin PLUGIN =
      new Origin("acme", Optional.of("0.3"), Optional.of(Path.of("/opt/plugins/acme.jar")));

  static final ComponentRegistry REGISTRY =
      ComponentRegistry.builder().add(new Library(), LIBRARY).add(new Acme(), PLUGIN).build();

  private Configs() {}

  static ConfigReader reader() {
    return new ConfigReader(REGISTRY, Map.of("DATA", "/data", "SIZE", "32", "EMPTY", "")::get);
  }

  static <C extends Record> C bind(Class<C> type, String yaml, String... overrides) {
    return reader().bind(reader().parse(FILE, yaml, List.of(overrides)), type);
  }

  /** The message of what is thrown, without its first line if there is one problem. */
  static String problems(Class<? extends Record> type, String yaml, String... overrides) {
    ConfigException thrown =
        catchThrowableOfType(ConfigException.class, () -> bind(type, yaml, overrides));
    return thrown.getMessage().replace(FILE + ": 1 problem\n  ", "");
  }

  record LstmConfig(
      @Key(doc = "How much the forget gate is open at first.", defaultValue = "1.0")
          float forgetBias) {}

  record GruConfig() {}

  record ZoneoutConfig(
      @Key(doc = "The cell that is held.") Component<Cell> cell,
      @Key(doc = "How often.", defaultValue = "0.1", min = 0, max = 1) float rate) {
    ZoneoutConfig {
      if (cell.type().equals("zoneout")) {
        throw new IllegalArgumentException("a zoneout cell cannot hold another");
      }
    }
  }

  record BleuConfig(@Key(doc = "The tokenization.", defaultValue = "13a") String tokenize) {}

  record WordsConfig(@Key(doc = "Whether to lower case.", defaultValue = "false") boolean lower) {}

  private abstract static class Version implements Plugin {
    @Override
    public final int apiVersion() {
      return API_VERSION;
    }
  }

  private static final class Library extends Version {
    @Override
    public void register(Components components) {
      components
          .of(Cell.class)
          .add("lstm", "", LstmConfig.class, Configs::refuse)
          .add("gru", "", GruConfig.class, Configs::refuse);
      components.of(Metric.class).add("bleu", "", BleuConfig.class, Configs::refuse);
      components.of(Tokenizer.class).add("words", "", WordsConfig.class, Configs::refuse);
    }
  }

  private static final class Acme extends Version {
    @Override
    public void register(Components components) {
      components.of(Cell.class).add("zoneout", "", ZoneoutConfig.class, Configs::refuse);
    }
  }

  @SuppressWarnings({"unused", "TypeParameterUnusedInFormals"}) // as a maker is
  private static <T> T refuse(Record config) {
    throw new IllegalArgumentException("is not for use");
  }
}
