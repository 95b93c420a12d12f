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
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Repeatable(MovedKey.Table.class)
public @interface MovedKey {

  /** The old path, relative to the record: {@code length_penalty}. No key has this path now. */
  String from();

  /** The new path, relative to the record: {@code ranking.length_penalty}. */
  String to();

  /** All moved keys of a record. */
  @Target(ElementType.TYPE)
  @Retention(RetentionPolicy.RUNTIME)
  @interface Table {

    /** The moved keys, in any order. */
    MovedKey[] value();
  }
}
