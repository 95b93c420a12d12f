package org.seq4j.runtime.plugin;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.seq4j.core.plugin.ComponentException;
import org.seq4j.core.plugin.Plugin;

/**
 * The plugins that {@link ServiceLoader} finds for one class loader. Each is registered separately:
 * a failure is reported, and the next one is registered.
 *
 * @param loader class loader of the plugins
 * @param origins origins of the plugins
 * @param registry collects components and problems
 */
public record Providers(ClassLoader loader, Origins origins, ComponentRegistry.Builder registry) {

  /** The file in a jar that lists its plugins. */
  public static final String SERVICE = "META-INF/services/" + Plugin.class.getName();

  /** The message of ServiceLoader for a class that it cannot use; other failures have a cause. */
  private static final Pattern REFUSED =
      Pattern.compile(
          ".*?: (?:Provider )?(\\S+)"
              + " (?:(not found)|(not a subtype)|Unable to get public no-arg constructor)");

  /** The packages of Seq4j's own plugins. */
  private static final String OURS = "org.seq4j.";

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  /** Finds the origins of plugins. */
  interface Origins {

    /** Returns the origin of a class. */
    Origin of(Class<?> plugin);

    /** Returns the origin of the service file that lists a class. */
    Origin ofListed(String className);
  }

  /**
   * Registers all plugins, ours first, in the order of their class names: the order of a class path
   * differs between an installation and a build.
   *
   * @return true if at least one plugin is listed, valid or not
   */
  boolean register() {
    Iterator<ServiceLoader.Provider<Plugin>> found =
        ServiceLoader.load(Plugin.class, loader).stream().iterator();
    List<ServiceLoader.Provider<Plugin>> usable = new ArrayList<>();
    boolean any = false;
    Set<String> said = new HashSet<>();
    boolean more = true;
    while (more) {
      try {
        more = found.hasNext();
        if (more) {
          any = true;
          usable.add(found.next());
        }
      } catch (ServiceConfigurationError | LinkageError e) {
        any = true;
        more = said.add(e.toString()); // ServiceLoader stops at an error that it repeats
        if (more) {
          complain(e);
        }
      }
    }
    usable.sort(Comparator.comparing(Providers::isForeign).thenComparing(Providers::nameOf));
    for (ServiceLoader.Provider<Plugin> provider : usable) {
      try {
        register(provider);
      } catch (ServiceConfigurationError | LinkageError e) {
        complain(e);
      }
    }
    return any;
  }

  private static boolean isForeign(ServiceLoader.Provider<Plugin> provider) {
    return !nameOf(provider).startsWith(OURS);
  }

  private static String nameOf(ServiceLoader.Provider<Plugin> provider) {
    return provider.type().getName();
  }

  private void register(ServiceLoader.Provider<Plugin> provider) {
    Class<? extends Plugin> type = provider.type();
    Origin origin = origins.of(type);
    Plugin plugin;
    try {
      plugin = provider.get();
    } catch (ServiceConfigurationError e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      registry.complain(
          origin.toString(),
          cause instanceof IllegalAccessException || cause instanceof InstantiationException
              ? notPublic(type.getName())
              : ComponentException.message(type.getName(), cause));
      return;
    }
    registry.add(plugin, origin);
  }

  /** Reports a class that cannot be loaded. */
  private void complain(Error error) {
    Matcher refused = REFUSED.matcher(String.valueOf(error.getMessage()));
    if (error instanceof ServiceConfigurationError && refused.matches()) {
      String name = refused.group(1);
      String listed = name + " is listed as a Plugin but is ";
      String message =
          refused.group(2) != null
              ? listed + "not found"
              : refused.group(3) != null
                  ? listed + "not one"
                  : error.getCause() instanceof LinkageError
                      ? ComponentException.message(name, error.getCause())
                      : notPublic(name);
      registry.complain(origins.ofListed(name).toString(), message);
    } else if (error instanceof UnsupportedClassVersionError) { // the message begins with the class
      String name = error.getMessage().replaceFirst(" .*", "").replace('/', '.');
      registry.complain(origins.ofListed(name).toString(), ComponentException.message(name, error));
    } else {
      registry.complain(origins.ofListed("").toString(), unreadable(error));
    }
  }

  /** Describes a service file that cannot be read; a mark at its start cannot be seen in it. */
  private static String unreadable(Error error) {
    return String.valueOf(error.getMessage()).indexOf(BYTE_ORDER_MARK) >= 0
        ? SERVICE
            + " begins with a byte order mark (U+FEFF), which some editors write. Save it as UTF-8"
            + " without this mark"
        : ComponentException.message(SERVICE, error);
  }

  private static String notPublic(String className) {
    return className + " must be a public class with a public constructor without parameters";
  }
}
