package org.seq4j.core.plugin;

import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Where a {@link Plugin} registers its components. */
public interface Components {

  /**
   * The components of a kind.
   *
   * @param kind an interface that bears {@link Kind}: one of Seq4j's, or one of the plugin's own
   * @param <T> what its components are
   */
  <T> Group<T> of(Class<T> kind);

  /**
   * Takes components of one kind.
   *
   * @param <T> what they are
   */
  interface Group<T> {

    /**
     * Adds a component that is made of its configuration alone.
     *
     * @param name in config files; matches {@code [a-z][a-z0-9+-]*} and is unique within the kind
     * @param doc what it is, in a sentence or two for a user, with the paper where there is one
     * @param config the record whose components are the config keys, in snake_case; {@link NoKeys}
     *     if there are none
     * @param maker makes it anew, or throws an {@link IllegalArgumentException} if the
     *     configuration cannot work; the message goes to the user, beside the place in the file
     * @param <C> the type of the configuration
     * @return this group, for the next
     */
    default <C extends Record> Group<T> add(
        String name, String doc, Class<C> config, Function<? super C, ? extends T> maker) {
      Objects.requireNonNull(maker, () -> "the maker of '" + name + "'");
      return add(name, doc, config, (keys, context) -> maker.apply(keys));
    }

    /**
     * Adds a component that is made of other components or of files; otherwise as {@link
     * #add(String, String, Class, Function)}.
     */
    <C extends Record> Group<T> add(
        String name,
        String doc,
        Class<C> config,
        BiFunction<? super C, ComponentContext, ? extends T> maker);
  }
}
