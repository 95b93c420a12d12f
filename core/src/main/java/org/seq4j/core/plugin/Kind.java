package org.seq4j.core.plugin;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes an interface a kind of component. Classes that implement it can be registered and named in
 * config files, and a config record can have a {@link Component} of it.
 *
 * <p>A plugin can define kinds of its own.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Kind {

  /** The name of the kind for users, {@code encoder}; matches {@code [a-z][a-z0-9+-]*}. */
  String value();
}
