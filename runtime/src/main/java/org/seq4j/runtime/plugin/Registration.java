package org.seq4j.runtime.plugin;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.ComponentException;
import org.seq4j.core.plugin.Components;
import org.seq4j.core.plugin.Plugin;
import org.seq4j.runtime.config.key.ComponentKind;
import org.seq4j.runtime.config.key.ConfigDescription;

/**
 * Registers the components of one plugin, and checks each of them.
 *
 * @param plugin name of the plugin's class
 * @param origin origin of the plugin
 * @param registry collects components and problems
 */
record Registration(String plugin, Origin origin, ComponentRegistry.Builder registry)
    implements Components {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9+-]*");
  private static final String NAMES =
      "a name is lower-case letters, digits, + and - and begins with a letter";
  private static final String REMEDY =
      "Use a release of the plugin for this Seq4j, or compile it again";

  /** Registers the components of a plugin, if it has the current version of the plugin API. */
  static void take(Plugin plugin, Origin origin, ComponentRegistry.Builder registry) {
    String type = plugin.getClass().getName();
    String doing = type + ".apiVersion()";
    try {
      int version = plugin.apiVersion();
      if (version == Plugin.API_VERSION) {
        doing = type + ".register()";
        plugin.register(new Registration(type, origin, registry));
      } else {
        registry.complain(
            origin.toString(),
            String.format(
                Locale.ROOT,
                "%s was compiled against version %d of the plugin API; this Seq4j has version %d."
                    + " %s",
                type,
                version,
                Plugin.API_VERSION,
                REMEDY));
      }
    } catch (RuntimeException | LinkageError e) {
      registry.complain(origin.toString(), ComponentException.message(doing, e));
    }
  }

  @Override
  public <T> Group<T> of(Class<T> kind) {
    Optional<ComponentKind<T>> known = ComponentKind.of(kind);
    if (known.isEmpty()) {
      complain(
          "%s is not a kind of component: a kind is an interface with @Kind"
              .formatted(kind.getName()));
    } else if (!NAME.matcher(known.get().name()).matches()) {
      complain("%s has @Kind(\"%s\"); %s".formatted(kind.getName(), known.get().name(), NAMES));
      known = Optional.empty();
    } else {
      Optional<String> twin = registry.claim(known.get(), origin);
      twin.ifPresent(this::complain);
      known = known.filter(it -> twin.isEmpty());
    }
    return new KindGroup<>(this, known);
  }

  private void complain(String message) {
    registry.complain(origin.toString(), plugin + ": " + message);
  }

  /**
   * The components of a kind.
   *
   * @param registration registration that the group belongs to
   * @param kind the kind; empty if it has a problem, which has been reported
   */
  private record KindGroup<T>(Registration registration, Optional<ComponentKind<T>> kind)
      implements Group<T> {

    @Override
    public <C extends Record> Group<T> add(
        String name,
        String doc,
        Class<C> config,
        BiFunction<? super C, ComponentContext, ? extends T> maker) {
      kind.ifPresent(it -> add(it, name, doc, config, maker));
      return this;
    }

    @Override
    public Group<T> renamed(String formerName, String name) {
      kind.ifPresent(
          it ->
              registration.registry.rename(
                  new ComponentRegistry.Renamed(it, formerName, name), registration.origin));
      return this;
    }

    private <C extends Record> void add(
        ComponentKind<T> of,
        String name,
        String doc,
        Class<C> config,
        BiFunction<? super C, ComponentContext, ? extends T> maker) {
      String what = "the %s '%s'".formatted(of.name(), name);
      Objects.requireNonNull(doc, () -> "the doc of '" + name + "'");
      Objects.requireNonNull(maker, () -> "the maker of '" + name + "'");
      Optional<String> complaint = name(what, name).or(() -> config(what, config));
      complaint.ifPresentOrElse(
          registration::complain,
          () ->
              registration.registry.add(
                  new ComponentRegistry.Entry<>(
                      of,
                      name,
                      doc,
                      config,
                      (keys, context) ->
                          registration.registry.made(what, maker.apply(config.cast(keys), context)),
                      registration.origin)));
    }

    private static Optional<String> name(String what, String name) {
      return name != null && NAME.matcher(name).matches()
          ? Optional.empty()
          : Optional.of("%s cannot be named in a config file; %s".formatted(what, NAMES));
    }

    /**
     * Checks the configuration at registration, so that a missing class or an invalid key is
     * reported at once.
     */
    private static Optional<String> config(String what, Class<? extends Record> config) {
      if (config == null || !config.isRecord()) {
        return Optional.of("the configuration of %s is not a record: %s".formatted(what, config));
      }
      String problem = "the configuration of %s: %s";
      try {
        return ConfigDescription.of(config).keys().stream()
            .filter(key -> key.name().equals("type"))
            .findFirst()
            .map(
                key ->
                    problem.formatted(
                        what,
                        config.getName()
                            + ".type: 'type' is the component's name and cannot be a key of it"));
      } catch (IllegalArgumentException e) { // names the component of the record and the reason
        return Optional.of(problem.formatted(what, e.getMessage()));
      } catch (RuntimeException | LinkageError e) {
        return Optional.of(ComponentException.message("the configuration of " + what, e));
      }
    }
  }
}
