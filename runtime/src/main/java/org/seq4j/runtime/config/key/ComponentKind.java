package org.seq4j.runtime.config.key;

import java.util.Optional;
import org.seq4j.core.plugin.Kind;

/**
 * A kind of component; plugins can add components to it.
 *
 * @param name name for users, "encoder"
 * @param component interface that components of this kind implement
 */
public record ComponentKind<T>(String name, Class<T> component) {

  /** Returns the kind of an interface, if it is annotated with {@link Kind}. */
  public static <T> Optional<ComponentKind<T>> of(Class<T> component) {
    Kind kind = component.isInterface() ? component.getAnnotation(Kind.class) : null;
    return Optional.ofNullable(kind).map(it -> new ComponentKind<>(it.value(), component));
  }
}
