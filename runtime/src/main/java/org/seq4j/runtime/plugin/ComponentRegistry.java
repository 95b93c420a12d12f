package org.seq4j.runtime.plugin;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toList;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import org.seq4j.core.plugin.Component;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.Components;
import org.seq4j.core.plugin.Plugin;
import org.seq4j.runtime.config.key.ComponentKind;

/** The available components, by kind and name. Immutable. */
public final class ComponentRegistry {

  /** The order of kinds in lists; kinds of plugins follow. */
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
          "reader",
          "objective");

  /**
   * A component that a plugin has registered.
   *
   * @param kind kind of the component
   * @param name name in config files
   * @param doc description for users
   * @param configType record type of the configuration
   * @param maker creates the component from a record of that type
   * @param origin jar of the component
   */
  public record Entry<T>(
      ComponentKind<T> kind,
      String name,
      String doc,
      Class<? extends Record> configType,
      BiFunction<? super Record, ComponentContext, ? extends T> maker,
      Origin origin) {

    /** Describes a component of a program. */
    private static <T> Entry<T> of(Component<T> component) {
      ComponentKind<T> kind =
          ComponentKind.of(component.kind())
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          component.kind().getName() + " is not a kind of component"));
      return new Entry<>(
          kind,
          component.type(),
          "",
          component.config().getClass(),
          (config, context) -> component.withConfig(config).create(context),
          Origin.PROGRAM);
    }

    private boolean isNamedLike(Entry<?> other) {
      return kind.equals(other.kind) && name.equals(other.name);
    }

    /**
     * Creates a description of the component with a configuration.
     *
     * @throws IllegalArgumentException if the configuration has another type
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
   * A component that was available when a run was created.
   *
   * @param kind name of its kind, "encoder"
   * @param name name in config files
   * @param origin its origin at that time
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
  private final MadeComponents made;

  private ComponentRegistry(
      List<Entry<?>> entries,
      List<Renamed> renamed,
      List<Remembered> remembered,
      MadeComponents made) {
    this.made = made;
    this.entries = List.copyOf(entries);
    this.renamed = List.copyOf(renamed);
    this.remembered = List.copyOf(remembered);
  }

  /**
   * Creates a registry of plugins that the program created.
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

  /** Creates a builder. */
  public static Builder builder() {
    return new Builder();
  }

  /** All components: by kind, those of plugins last, then in order of registration. */
  public List<Entry<?>> entries() {
    return entries;
  }

  /** The kinds that have components, in the order of {@link #entries()}. */
  public List<ComponentKind<?>> kinds() {
    return entries.stream().<ComponentKind<?>>map(Entry::kind).distinct().toList();
  }

  /** The components of a kind, in order of registration. */
  @SuppressWarnings("unchecked") // its kind is the one that was asked for
  public <T> List<Entry<T>> entries(ComponentKind<T> kind) {
    return entries.stream()
        .filter(entry -> entry.kind().equals(kind))
        .map(entry -> (Entry<T>) entry)
        .toList();
  }

  /** The names of the components of a kind, sorted. */
  public List<String> names(ComponentKind<?> kind) {
    return entries(kind).stream().<String>map(Entry::name).sorted().toList();
  }

  /** Finds a component by name. */
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
   * Creates a description of a component with its configuration in a program, like the config
   * reader.
   *
   * @param kind interface of the kind
   * @param name name in config files
   * @param config configuration, of the component's record type
   * @throws IllegalArgumentException if no component has this name, or the configuration has
   *     another type
   */
  public <T> Component<T> component(Class<T> kind, String name, Record config) {
    ComponentKind<T> known =
        ComponentKind.of(kind)
            .orElseThrow(
                () -> new IllegalArgumentException(kind.getName() + " is not a kind of component"));
    return find(known, name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no %s '%s'. Known: %s".formatted(known.name(), name, listing(known))))
        .component(config);
  }

  /**
   * Returns a registry that also has the components of plugins that the program created.
   *
   * @throws PluginException if a plugin breaks a rule, or registers a component that exists
   */
  public ComponentRegistry with(Plugin... plugins) {
    Builder builder = builder().add(this);
    for (Plugin plugin : plugins) {
      builder.add(plugin, Origin.PROGRAM);
    }
    return builder.build().remembering(remembered);
  }

  /**
   * Returns a registry that also has components that a program described: the run of such a model
   * names them, and can be read only with them. A component that exists is not replaced.
   *
   * @param components descriptions, with any configuration of the component's record type
   * @throws IllegalArgumentException if another component of the kind has the name
   */
  public ComponentRegistry with(List<? extends Component<?>> components) {
    Builder builder = builder().add(this);
    List<Entry<?>> added = new ArrayList<>(entries);
    for (Component<?> component : components) {
      Entry<?> entry = Entry.of(component);
      Optional<Entry<?>> twin = added.stream().filter(entry::isNamedLike).findFirst();
      if (twin.isEmpty()) {
        builder.claim(entry.kind(), Origin.PROGRAM);
        builder.add(entry);
        added.add(entry);
      } else if (!twin.get().configType().equals(entry.configType())) {
        throw new IllegalArgumentException(
            "the %s '%s' of this program has the name of a component of %s. Give it another one"
                .formatted(entry.kind().name(), entry.name(), twin.get().origin()));
      }
    }
    return builder.build().remembering(remembered);
  }

  /** Returns a copy that knows the origins of components that may be missing, for messages. */
  public ComponentRegistry remembering(List<Remembered> components) {
    return new ComponentRegistry(entries, renamed, components, made);
  }

  /**
   * Finds the component, "the attention 'acme'", that a class implements or configures. The class
   * of a component is known once one was made.
   */
  Optional<String> componentOf(String loader, String className) {
    return made.find(loader, className)
        .or(
            () ->
                entries.stream()
                    .filter(entry -> entry.configType().getName().equals(className))
                    .filter(
                        entry ->
                            Objects.equals(entry.configType().getClassLoader().getName(), loader))
                    .map(entry -> "the %s '%s'".formatted(entry.kind().name(), entry.name()))
                    .findFirst());
  }

  /** Returns the remembered origin of a component. */
  public Optional<String> rememberedOrigin(ComponentKind<?> kind, String name) {
    return remembered.stream()
        .filter(other -> other.kind().equals(kind.name()) && other.name().equals(name))
        .map(Remembered::origin)
        .findFirst();
  }

  /**
   * Lists the names of a kind by origin, for messages: "bahdanau, luong (seq4j-attention 0.1.0)".
   */
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

  /** Collects the registrations and problems of plugins. */
  public static final class Builder {
    /** A kind and the first plugin that used it. */
    private record Claim(ComponentKind<?> kind, Origin origin) {}

    private final Map<String, Claim> kinds = new LinkedHashMap<>();
    private final List<Entry<?>> entries = new ArrayList<>();
    private final List<Renamed> renamed = new ArrayList<>();
    private final List<PluginProblem> problems = new ArrayList<>();
    private final MadeComponents made = new MadeComponents();

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
      made.add(registry.made);
      return this;
    }

    /** Returns a problem if another interface has the same kind name. */
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

    /** Adds a component that has been checked. */
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
          ("%s '%s' already exists, from %s. A plugin cannot replace a component:"
                  + " rename or remove one")
              .formatted(second.kind().name(), second.name(), first.origin());
      return new PluginProblem(second.origin().toString(), message);
    }

    /** Notes the class of a component that was made, and returns the component. */
    <T> T made(String component, T instance) {
      return made.note(component, instance);
    }

    void complain(String where, String message) {
      problems.add(new PluginProblem(where, message));
    }

    /**
     * Builds the registry.
     *
     * @throws PluginException if a plugin had a problem
     */
    public ComponentRegistry build() {
      if (!problems.isEmpty()) {
        throw new PluginException(problems);
      }
      return buildUsable();
    }

    /** Returns the problems so far. */
    List<PluginProblem> problems() {
      return List.copyOf(problems);
    }

    /** Builds the registry of the components that have no problem. */
    ComponentRegistry buildUsable() {
      List<String> order = new ArrayList<>(ORDER);
      kinds.keySet().stream().filter(kind -> !order.contains(kind)).forEach(order::add);
      List<Entry<?>> sorted = new ArrayList<>(entries);
      sorted.sort(Comparator.comparingInt(entry -> order.indexOf(entry.kind().name())));
      return new ComponentRegistry(sorted, renamed, List.of(), made);
    }
  }
}
