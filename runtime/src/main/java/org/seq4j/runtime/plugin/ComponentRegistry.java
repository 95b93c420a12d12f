package org.seq4j.runtime.plugin;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toList;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.seq4j.core.plugin.Component;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.Components;
import org.seq4j.core.plugin.Plugin;
import org.seq4j.runtime.config.key.ComponentKind;

/** The components that are there, by kind and name. Immutable. */
public final class ComponentRegistry {

  /** The kinds as they are listed to users; those that plugins bring come after. */
  private static final List<String> ORDER =
      List.of(
          "encoder",
          "decoder",
          "attention",
          "cell",
          "constraint",
          "output",
          "tokenizer",
          "tokenizer-trainer",
          "optimizer",
          "schedule",
          "metric",
          "corpus-format",
          "objective");

  /**
   * A component that a plugin has registered.
   *
   * @param kind what it is
   * @param name in config files
   * @param doc what it is, for users
   * @param configType the record that its keys are bound to
   * @param maker makes it of a record of that type
   * @param origin its jar
   */
  public record Entry<T>(
      ComponentKind<T> kind,
      String name,
      String doc,
      Class<? extends Record> configType,
      BiFunction<? super Record, ComponentContext, ? extends T> maker,
      Origin origin) {

    /**
     * The component with a configuration.
     *
     * @throws IllegalArgumentException if the configuration is that of another component
     */
    public Component<T> component(Record config) {
      if (!configType.isInstance(config)) {
        throw new IllegalArgumentException(
            "the %s '%s' is configured by %s, not by %s"
                .formatted(kind.name(), name, configType.getName(), config.getClass().getName()));
      }
      return Component.of(kind.component(), name, config, maker);
    }
  }

  /**
   * A component that was there once.
   *
   * @param kind the name of its kind, "encoder"
   * @param name its name in config files
   * @param origin where it came from
   */
  public record Remembered(String kind, String name, String origin) {}

  /**
   * A component that had another name in an earlier version.
   *
   * @param kind its kind
   * @param formerName the name that it had
   * @param name the name that it has
   */
  record Renamed(ComponentKind<?> kind, String formerName, String name) {}

  private final List<Entry<?>> entries;
  private final List<Renamed> renamed;
  private final List<Remembered> remembered;

  private ComponentRegistry(
      List<Entry<?>> entries, List<Renamed> renamed, List<Remembered> remembered) {
    this.entries = List.copyOf(entries);
    this.renamed = List.copyOf(renamed);
    this.remembered = List.copyOf(remembered);
  }

  /**
   * Of plugins that the program made itself.
   *
   * @throws PluginException if a plugin breaks a rule of {@link Plugin} or {@link Components}
   */
  public static ComponentRegistry of(Plugin... plugins) {
    Builder builder = builder();
    for (Plugin plugin : plugins) {
      builder.add(plugin, Origin.PROGRAM);
    }
    return builder.build();
  }

  /** Begins a registry. */
  public static Builder builder() {
    return new Builder();
  }

  /** Every component: by kind, those of plugins last, then as it was added. */
  public List<Entry<?>> entries() {
    return entries;
  }

  /** The kinds that there are components of, in the order of {@link #entries()}. */
  public List<ComponentKind<?>> kinds() {
    return entries.stream().<ComponentKind<?>>map(Entry::kind).distinct().toList();
  }

  /** The components of a kind, as they were added. */
  @SuppressWarnings("unchecked") // its kind is the one that was asked for
  public <T> List<Entry<T>> entries(ComponentKind<T> kind) {
    return entries.stream()
        .filter(entry -> entry.kind().equals(kind))
        .map(entry -> (Entry<T>) entry)
        .toList();
  }

  /** The names of a kind, sorted. */
  public List<String> names(ComponentKind<?> kind) {
    return entries(kind).stream().<String>map(Entry::name).sorted().toList();
  }

  /** The component of that name. */
  public <T> Optional<Entry<T>> find(ComponentKind<T> kind, String name) {
    return entries(kind).stream().filter(entry -> entry.name().equals(name)).findFirst();
  }

  /** The name that a component of a former name has now. */
  public Optional<String> currentName(ComponentKind<?> kind, String formerName) {
    return renamed.stream()
        .filter(other -> other.kind().equals(kind) && other.formerName().equals(formerName))
        .map(Renamed::name)
        .findFirst();
  }

  /**
   * A component with its configuration, as the config reader makes one, for programs.
   *
   * @param kind the interface of its kind
   * @param name in config files
   * @param config of the type that the component has
   * @throws IllegalArgumentException if there is none of that name, or its configuration is of
   *     another type
   */
  public <T> Component<T> component(Class<T> kind, String name, Record config) {
    ComponentKind<T> known =
        ComponentKind.of(kind)
            .orElseThrow(
                () -> new IllegalArgumentException(kind.getName() + " is no kind of component"));
    return find(known, name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no %s '%s'. Known: %s".formatted(known.name(), name, listing(known))))
        .component(config);
  }

  /** Adds the origins of components that may be missing, for messages. */
  public ComponentRegistry remembering(List<Remembered> components) {
    return new ComponentRegistry(entries, renamed, components);
  }

  /** The remembered origin of a component. */
  public Optional<String> rememberedOrigin(ComponentKind<?> kind, String name) {
    return remembered.stream()
        .filter(other -> other.kind().equals(kind.name()) && other.name().equals(name))
        .map(Remembered::origin)
        .findFirst();
  }

  /** The names of a kind by origin, for messages: "bahdanau, luong (seq4j-attention 0.1.0)". */
  public String listing(ComponentKind<?> kind) {
    Map<Origin, List<Entry<?>>> byOrigin =
        entries(kind).stream().collect(groupingBy(Entry::origin, LinkedHashMap::new, toList()));
    return byOrigin.entrySet().stream()
        .map(group -> sortedNames(group.getValue()) + " (" + group.getKey() + ")")
        .collect(joining(", "));
  }

  private static String sortedNames(List<Entry<?>> group) {
    return group.stream().<String>map(Entry::name).sorted().collect(joining(", "));
  }

  /** Collects what plugins register, and what is wrong with them. */
  public static final class Builder {
    /** A kind and who was the first to use it. */
    private record Claim(ComponentKind<?> kind, Origin origin) {}

    private final Map<String, Claim> kinds = new LinkedHashMap<>();
    private final List<Entry<?>> entries = new ArrayList<>();
    private final List<Renamed> renamed = new ArrayList<>();
    private final List<PluginProblem> problems = new ArrayList<>();

    private Builder() {}

    /** Adds the components of a plugin. */
    public Builder add(Plugin plugin, Origin origin) {
      Registration.take(plugin, origin, this);
      return this;
    }

    /** Adds the components of another registry. */
    public Builder add(ComponentRegistry registry) {
      registry.entries().forEach(entry -> claim(entry.kind(), entry.origin()));
      registry.entries().forEach(this::add);
      renamed.addAll(registry.renamed);
      return this;
    }

    /** What is wrong if another interface is a kind of this name. */
    Optional<String> claim(ComponentKind<?> kind, Origin origin) {
      Claim first = kinds.putIfAbsent(kind.name(), new Claim(kind, origin));
      return first == null || first.kind().equals(kind)
          ? Optional.empty()
          : Optional.of(
              "%s has @Kind(\"%s\"), as %s of %s has. Give it another name"
                  .formatted(
                      kind.component().getName(),
                      kind.name(),
                      first.kind().component().getName(),
                      first.origin()));
    }

    /** Adds a component that is checked. */
    void add(Entry<?> entry) {
      Optional<Entry<?>> twin =
          entries.stream()
              .filter(
                  other -> other.kind().equals(entry.kind()) && other.name().equals(entry.name()))
              .findFirst();
      twin.ifPresentOrElse(first -> problems.add(twins(first, entry)), () -> entries.add(entry));
    }

    /** Adds a former name; the component of the new name must have been added. */
    void rename(Renamed other, Origin origin) {
      boolean known =
          entries.stream()
              .anyMatch(
                  entry -> entry.kind().equals(other.kind()) && entry.name().equals(other.name()));
      if (known) {
        renamed.add(other);
      } else {
        complain(
            origin.toString(),
            "the %s '%s' was renamed to '%s', which has not been added"
                .formatted(other.kind().name(), other.formerName(), other.name()));
      }
    }

    private static PluginProblem twins(Entry<?> first, Entry<?> second) {
      String message =
          "%s '%s' is already there, from %s. A plugin cannot replace a component: rename or remove one"
              .formatted(second.kind().name(), second.name(), first.origin());
      return new PluginProblem(second.origin().toString(), message);
    }

    void complain(String where, String message) {
      problems.add(new PluginProblem(where, message));
    }

    /**
     * The registry.
     *
     * @throws PluginException if there was anything wrong with a plugin
     */
    public ComponentRegistry build() {
      if (!problems.isEmpty()) {
        throw new PluginException(problems);
      }
      List<String> order = new ArrayList<>(ORDER);
      kinds.keySet().stream().filter(kind -> !order.contains(kind)).forEach(order::add);
      List<Entry<?>> sorted = new ArrayList<>(entries);
      sorted.sort(Comparator.comparingInt(entry -> order.indexOf(entry.kind().name())));
      return new ComponentRegistry(sorted, renamed, List.of());
    }
  }
}
