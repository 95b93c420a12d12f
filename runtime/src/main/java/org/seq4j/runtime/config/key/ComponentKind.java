package org.seq4j.runtime.config.key;

import java.util.Optional;
import org.seq4j.core.plugin.Kind;

/**
 * A kind of component: what plugins can add.
 *
 * @param name as users read it, "encoder"
 * @param component the interface that components of this kind implement
 */
public record ComponentKind<T>(String name, Class<T> component) {

  /** The kind whose components implement exactly this interface, if it bears {@link Kind}. */
  public static <T> Optional<ComponentKind<T>> of(Class<T> component) {
    Kind kind = component.isInterface() ? component.getAnnotation(Kind.class) : null;
    return Optional.ofNullable(kind).map(it -> new ComponentKind<>(it.value(), component));
  }
}
