package org.seq4j.core.plugin;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toList;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The factories that are there, by kind and name. Immutable. */
public final class ComponentRegistry {

  /**
   * A factory and where it comes from.
   *
   * @param kind of what it makes
   * @param factory the factory
   * @param origin its jar
   */
  public record Entry(ComponentKind<?> kind, ComponentFactory<?, ?> factory, Origin origin) {

    /** The name in config files. */
    public String name() {
      return factory.name();
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

  private final List<Entry> entries;
  private final List<Remembered> remembered;

  private ComponentRegistry(List<Entry> entries, List<Remembered> remembered) {
    this.entries = List.copyOf(entries);
    this.remembered = List.copyOf(remembered);
  }

  /**
   * Of factories that the program made itself.
   *
   * @throws PluginException if a factory breaks a rule of {@link ComponentFactory}
   */
  public static ComponentRegistry of(ComponentFactory<?, ?>... factories) {
    Builder builder = builder();
    for (ComponentFactory<?, ?> factory : factories) {
      builder.add(factory, Origin.PROGRAM);
    }
    return builder.build();
  }

  /** Begins a registry. */
  public static Builder builder() {
    return new Builder();
  }

  /** Every factory: by kind in the order of {@link ComponentKind#ALL}, then as it was added. */
  public List<Entry> entries() {
    return entries;
  }

  /** The factories of a kind, as they were added. */
  public List<Entry> entries(ComponentKind<?> kind) {
    return entries.stream().filter(entry -> entry.kind().equals(kind)).toList();
  }

  /** The names of a kind, sorted. */
  public List<String> names(ComponentKind<?> kind) {
    return entries(kind).stream().map(Entry::name).sorted().toList();
  }

  /** The factory of that name. */
  @SuppressWarnings("unchecked") // a factory is an instance of the service of its kind
  public <T> Optional<ComponentFactory<T, ?>> find(ComponentKind<T> kind, String name) {
    return entries(kind).stream()
        .filter(entry -> entry.name().equals(name))
        .<ComponentFactory<T, ?>>map(entry -> (ComponentFactory<T, ?>) entry.factory())
        .findFirst();
  }

  /** The same factories, and memories of components that may be missed, for messages. */
  public ComponentRegistry remembering(List<Remembered> components) {
    return new ComponentRegistry(entries, components);
  }

  /** Where a component came from that is remembered. */
  public Optional<String> rememberedOrigin(ComponentKind<?> kind, String name) {
    return remembered.stream()
        .filter(other -> other.kind().equals(kind.name()) && other.name().equals(name))
        .map(Remembered::origin)
        .findFirst();
  }

  /** The names of a kind by origin, for messages: "bahdanau, luong (seq4j-attention 0.1.0)". */
  public String listing(ComponentKind<?> kind) {
    Map<Origin, List<Entry>> byOrigin =
        entries(kind).stream().collect(groupingBy(Entry::origin, LinkedHashMap::new, toList()));
    return byOrigin.entrySet().stream()
        .map(group -> sortedNames(group.getValue()) + " (" + group.getKey() + ")")
        .collect(joining(", "));
  }

  private static String sortedNames(List<Entry> group) {
    return group.stream().map(Entry::name).sorted().collect(joining(", "));
  }

  /** Collects factories and checks each as it comes. */
  public static final class Builder {
    private final List<Entry> entries = new ArrayList<>();
    private final List<PluginProblem> problems = new ArrayList<>();

    private Builder() {}

    /** Adds a factory, for each kind whose service it implements. */
    public Builder add(ComponentFactory<?, ?> factory, Origin origin) {
      List<ComponentKind<?>> kinds =
          ComponentKind.ALL.stream().filter(kind -> kind.service().isInstance(factory)).toList();
      if (kinds.isEmpty()) {
        String message =
            "%s implements no factory interface of a kind of component, as EncoderFactory is"
                .formatted(factory.getClass().getName());
        problems.add(new PluginProblem(origin.toString(), message));
      }
      kinds.forEach(kind -> add(kind, factory, origin));
      return this;
    }

    /** Adds a factory that was found as a provider of this kind. */
    void add(ComponentKind<?> kind, ComponentFactory<?, ?> factory, Origin origin) {
      Optional<String> complaint = FactoryCheck.complaint(factory);
      if (complaint.isPresent()) {
        problems.add(new PluginProblem(origin.toString(), complaint.get()));
        return;
      }
      Entry entry = new Entry(kind, factory, origin);
      Optional<Entry> twin =
          entries.stream()
              .filter(other -> other.kind().equals(kind) && other.name().equals(entry.name()))
              .findFirst();
      if (twin.isEmpty()) {
        entries.add(entry);
      } else {
        problems.add(twins(twin.get(), entry));
      }
    }

    private static PluginProblem twins(Entry first, Entry second) {
      String message =
          "%s '%s' is already there, from %s. A plugin cannot replace a component: rename or remove one"
              .formatted(second.kind().name(), second.name(), first.origin());
      return new PluginProblem(second.origin().toString(), message);
    }

    void complain(String where, String message) {
      problems.add(new PluginProblem(where, message));
    }

    boolean hasProblems() {
      return !problems.isEmpty();
    }

    /**
     * The registry.
     *
     * @throws PluginException if there was anything wrong with a factory
     */
    public ComponentRegistry build() {
      if (hasProblems()) {
        throw new PluginException(problems);
      }
      List<Entry> sorted = new ArrayList<>(entries);
      sorted.sort(Comparator.comparingInt(entry -> ComponentKind.ALL.indexOf(entry.kind())));
      return new ComponentRegistry(sorted, List.of());
    }
  }
}
