package org.seq4j.core.plugin;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A key that has another name or place now, on the config record below which both are. A config
 * that still has the old one is told where it is now; the config of a run is read as if it had the
 * new one.
 *
 * <p>The new place may be in a list of components, which are named by their type: {@code
 * objectives[cross-entropy].label_smoothing} is a key of the component {@code cross-entropy}, which
 * is added to the list where it is not in it; a list that is not there begins with its default. At
 * {@code objectives[minimum-risk]} the old value is the component itself, and its keys are those of
 * the old one; a list that is not there has no other. Such a list is a key of the record itself.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Repeatable(MovedKey.Table.class)
public @interface MovedKey {

  /** The old path from the record, {@code length_penalty}; no key has it any more. */
  String from();

  /** The new path from the record, {@code ranking.length_penalty}. */
  String to();

  /** An old number that stood for nothing, and is left out now; none if it is empty. */
  String unless() default "";

  /** All moved keys of a record. */
  @Target(ElementType.TYPE)
  @Retention(RetentionPolicy.RUNTIME)
  @interface Table {

    /** In any order. */
    MovedKey[] value();
  }
}
