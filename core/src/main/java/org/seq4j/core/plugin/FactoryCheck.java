package org.seq4j.core.plugin;

import java.util.Optional;
import java.util.regex.Pattern;
import org.seq4j.core.config.ConfigDescription;

/** Holds a factory to the rules of {@link ComponentFactory}; it may be anyone's code. */
final class FactoryCheck {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9+-]*");

  private FactoryCheck() {}

  /** What is wrong with a factory, if anything. */
  static Optional<String> complaint(ComponentFactory<?, ?> factory) {
    String type = factory.getClass().getName();
    // The version first: a factory of another version may fail in anything else.
    return version(factory, type).or(() -> name(factory, type)).or(() -> configType(factory, type));
  }

  private static Optional<String> version(ComponentFactory<?, ?> factory, String type) {
    int version;
    try {
      version = factory.apiVersion();
    } catch (AbstractMethodError e) {
      return Optional.of(
          "%s was compiled against a plugin API without apiVersion(); this Seq4j has version %d. %s"
              .formatted(type, ComponentFactory.API_VERSION, REMEDY));
    } catch (RuntimeException | LinkageError e) {
      return Optional.of(Failures.of(type + ".apiVersion()", e));
    }
    if (version == ComponentFactory.API_VERSION) {
      return Optional.empty();
    }
    return Optional.of(
        "%s was compiled against version %d of the plugin API; this Seq4j has version %d. %s"
            .formatted(type, version, ComponentFactory.API_VERSION, REMEDY));
  }

  private static final String REMEDY =
      "Use a release of the plugin for this Seq4j, or compile it again";

  private static Optional<String> name(ComponentFactory<?, ?> factory, String type) {
    String name;
    try {
      name = factory.name();
    } catch (RuntimeException | LinkageError e) {
      return Optional.of(Failures.of(type + ".name()", e));
    }
    if (name != null && NAME.matcher(name).matches()) {
      return Optional.empty();
    }
    return Optional.of(
        "%s has the name '%s'; a name is lower-case letters, digits, + and - and begins with a letter"
            .formatted(type, name));
  }

  private static Optional<String> configType(ComponentFactory<?, ?> factory, String type) {
    try {
      Class<?> config = factory.configType();
      if (config == null || !config.isRecord()) {
        return Optional.of("%s.configType() is not a record: %s".formatted(type, config));
      }
      // fails now, not in the middle of a config, if a class is missing or a key is of no use
      return keys(config.asSubclass(Record.class), type);
    } catch (RuntimeException | LinkageError e) {
      return Optional.of(Failures.of(type + ".configType()", e));
    }
  }

  private static Optional<String> keys(Class<? extends Record> config, String type) {
    try {
      boolean hasType =
          ConfigDescription.of(config).keys().stream().anyMatch(key -> key.name().equals("type"));
      return hasType
          ? Optional.of(
              "%s.configType(): %s.type: 'type' says which component it is and cannot be a key of one"
                  .formatted(type, config.getName()))
          : Optional.empty();
    } catch (IllegalArgumentException e) { // names the record's component and says why
      return Optional.of("%s.configType(): %s".formatted(type, e.getMessage()));
    }
  }
}
