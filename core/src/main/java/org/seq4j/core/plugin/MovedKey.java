package org.seq4j.core.plugin;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares that a key was renamed or moved, on the config record that contains both paths. A config
 * with the old key is rejected with a message that names the new one; in the config of an existing
 * run, the old key is read as the new one.
 *
 * <p>The new path may lead into a list of components, which are named by their type: {@code
 * objectives[cross-entropy].label_smoothing} is a key of the component {@code cross-entropy}. The
 * component is added to the list if it is absent; an absent list starts with its default. At {@code
 * objectives[minimum-risk]} the old value is the component itself; an absent list then contains no
 * other component. Such a list must be a key of the record itself.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Repeatable(MovedKey.Table.class)
public @interface MovedKey {

  /** The old path, relative to the record: {@code length_penalty}. No key has this path now. */
  String from();

  /** The new path, relative to the record: {@code ranking.length_penalty}. */
  String to();

  /**
   * An old number that turned the feature off: it is dropped, not moved. Empty if there is none.
   */
  String unless() default "";

  /** All moved keys of a record. */
  @Target(ElementType.TYPE)
  @Retention(RetentionPolicy.RUNTIME)
  @interface Table {

    /** The moved keys, in any order. */
    MovedKey[] value();
  }
}
