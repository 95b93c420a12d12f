package org.seq4j.core.plugin;

import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;

/** The registry in which a {@link Plugin} registers its components. */
public interface Components {

  /**
   * Returns the components of a kind, to add to.
   *
   * @param kind an interface annotated with {@link Kind}: one of Seq4j or of the plugin itself
   * @param <T> type of the components
   */
  <T> Group<T> of(Class<T> kind);

  /**
   * The components of one kind.
   *
   * @param <T> type of the components
   */
  interface Group<T> {

    /**
     * Adds a component that needs its configuration only.
     *
     * @param name name in config files; matches {@code [a-z][a-z0-9+-]*}, unique within the kind
     * @param doc one or two sentences for users, with the paper if there is one
     * @param config record type of the configuration; each record component is a config key, in
     *     snake_case. {@link NoKeys} if the component has no keys
     * @param maker makes a new component, or throws an {@link IllegalArgumentException} if the
     *     configuration cannot work; users see its message with the location in the file
     * @param <C> type of the configuration
     * @return this group
     */
    default <C extends Record> Group<T> add(
        String name, String doc, Class<C> config, Function<? super C, ? extends T> maker) {
      Objects.requireNonNull(maker, () -> "the maker of '" + name + "'");
      return add(name, doc, config, (keys, context) -> maker.apply(keys));
    }

    /**
     * Adds a component that uses other components or files; otherwise like {@link #add(String,
     * String, Class, Function)}.
     */
    <C extends Record> Group<T> add(
        String name,
        String doc,
        Class<C> config,
        BiFunction<? super C, ComponentContext, ? extends T> maker);

    /**
     * Declares that a component was renamed. A config with the former name is rejected with a
     * message that gives the new one; in the config of an existing run, the former name is read as
     * the new one.
     *
     * @param formerName a name that no component of this kind has now
     * @param name the new name; the component is added in the same plugin
     * @return this group
     */
    Group<T> renamed(String formerName, String name);
  }
}
