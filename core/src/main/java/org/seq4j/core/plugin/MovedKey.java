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
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Repeatable(MovedKey.Table.class)
public @interface MovedKey {

  /** The old path from the record, {@code length_penalty}; no key has it any more. */
  String from();

  /** The new path from the record, {@code ranking.length_penalty}. */
  String to();

  /** All moved keys of a record. */
  @Target(ElementType.TYPE)
  @Retention(RetentionPolicy.RUNTIME)
  @interface Table {

    /** In any order. */
    MovedKey[] value();
  }
}
