package org.seq4j.core.plugin;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes an interface a kind of component: classes that implement it can be registered, named in
 * config files, and asked for by a config record that has a {@link Component} of it.
 *
 * <p>A plugin may bring a kind of its own.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Kind {

  /** The name that users read, "encoder"; matches {@code [a-z][a-z0-9+-]*}. */
  String value();
}
