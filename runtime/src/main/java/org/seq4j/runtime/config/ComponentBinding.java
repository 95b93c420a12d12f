package org.seq4j.runtime.config;

import java.util.Map;
import java.util.Optional;
import org.seq4j.core.metric.Metric;
import org.seq4j.core.plugin.Component;
import org.seq4j.runtime.config.key.ComponentKind;
import org.seq4j.runtime.config.key.ConfigKey;
import org.seq4j.runtime.config.key.ValueType;
import org.seq4j.runtime.plugin.ComponentRegistry;

/** Binds components: {@code type:} determines the record of the other keys. */
final class ComponentBinding {
  private static final String PLUGIN =
      ". If it is part of a plugin, put the plugin's jar into plugins/, or name"
          + " its folder with --plugins";
  private static final String TYPE = "type";
  private static final String NAME = "name";

  private final Binder binder;
  private final Scalars scalars;
  private final ComponentRegistry registry;
  private final String file;
  private final boolean ofRun;

  /**
   * @param ofRun true if former names of components are read as those that they have now
   */
  ComponentBinding(
      Binder binder, Scalars scalars, ComponentRegistry registry, String file, boolean ofRun) {
    this.binder = binder;
    this.scalars = scalars;
    this.registry = registry;
    this.file = file;
    this.ofRun = ofRun;
  }

  /** Merges the default component into a map without a type. */
  static Node orDefault(ComponentKind<?> kind, Node node, Node defaultValue) {
    Node.Entries given = entries(node);
    return given.value(nameKey(kind, given)).isPresent()
        ? node
        : given.orElse(entries(defaultValue));
  }

  /** Returns the key that names the component; a metric may have {@code name} only. */
  private static String nameKey(ComponentKind<?> kind, Node.Entries given) {
    boolean named = kind.component() == Metric.class && given.value(NAME).isPresent();
    return named && given.value(TYPE).isEmpty() ? NAME : TYPE;
  }

  /** Returns a component as a map; a bare name becomes its type. */
  private static Node.Entries entries(Node node) {
    Node.Entries map =
        node instanceof Node.Entries entries
            ? entries
            : new Node.Entries(
                Map.of(), Optional.of(node).filter(it -> !it.isNull()), node.place());
    return map.bare().isEmpty() || map.value(TYPE).isPresent()
        ? map.withoutBare()
        : map.with(TYPE, map.bare().get()).withoutBare();
  }

  /** Returns true if a component of a config file has configuration keys. */
  boolean hasKeys(ComponentKind<?> kind, Node component) {
    return entries(component)
        .value(TYPE)
        .filter(Node.Scalar.class::isInstance)
        .flatMap(type -> find(kind, ((Node.Scalar) type).text()))
        .filter(entry -> !ConfigKey.of(entry.configType()).isEmpty())
        .isPresent();
  }

  /** Binds a component of a kind. */
  <T> Optional<Component<T>> bind(ComponentKind<T> kind, Node node, String path) {
    if (node instanceof Node.Items) {
      binder.complain(node.place(), path, "expected %s, got a list".formatted(article(kind)));
      return Optional.empty();
    }
    Node.Entries given = entries(node);
    String key = nameKey(kind, given);
    Optional<Node> written = given.value(key);
    if (written.isEmpty() || written.get().isNull()) {
      binder.complain(
          given.place(),
          KeyPath.child(path, TYPE),
          "missing. Expected the name of " + article(kind) + "." + known(kind));
      return Optional.empty();
    }
    String namePath = node instanceof Node.Scalar ? path : KeyPath.child(path, key);
    return entry(kind, written.get(), namePath)
        .flatMap(found -> bind(found, given.without(key), path));
  }

  private <T> Optional<ComponentRegistry.Entry<T>> entry(
      ComponentKind<T> kind, Node written, String path) {
    if (!(written instanceof Node.Scalar scalar)) {
      binder.complain(
          written.place(),
          path,
          "expected the name of %s, got %s".formatted(article(kind), written.got()));
      return Optional.empty();
    }
    try {
      String name = scalars.name(scalar);
      Optional<ComponentRegistry.Entry<T>> entry = find(kind, name);
      if (entry.isEmpty()) {
        binder.complain(written.place(), path, missing(kind, name));
      } else if (!ofRun && !entry.get().name().equals(name)) {
        binder.complain(
            written.place(),
            path,
            "this %s is now called '%s'".formatted(kind.name(), entry.get().name()));
      }
      return entry;
    } catch (ValueException e) {
      binder.complain(written.place(), path, e.getMessage());
      return Optional.empty();
    }
  }

  /** Finds a component by its name or a former one. */
  private <T> Optional<ComponentRegistry.Entry<T>> find(ComponentKind<T> kind, String name) {
    return registry
        .find(kind, name)
        .or(
            () ->
                registry.currentName(kind, name).flatMap(current -> registry.find(kind, current)));
  }

  private String missing(ComponentKind<?> kind, String name) {
    String message = "no %s named '%s'".formatted(kind.name(), name);
    return registry
        .rememberedOrigin(kind, name)
        .map(
            origin ->
                message
                    + " now; when this run was started, it came from "
                    + origin
                    + ". Put that back into plugins/, or name its folder with --plugins")
        .orElseGet(
            () -> {
              String question = Suggestions.question(name, registry.names(kind));
              return message + "." + question + known(kind) + (question.isEmpty() ? PLUGIN : "");
            });
  }

  private <T> Optional<Component<T>> bind(
      ComponentRegistry.Entry<T> entry, Node.Entries keys, String path) {
    String place = file + ", " + keys.place();
    return binder
        .record(entry.configType(), keys, path)
        .map(config -> entry.component(config).at(place, path));
  }

  private String known(ComponentKind<?> kind) {
    String listing = registry.listing(kind);
    return listing.isEmpty() ? " None is on the class path or in a plugin" : " Known: " + listing;
  }

  private static String article(ComponentKind<?> kind) {
    return new ValueType.Part(kind).expected();
  }
}
