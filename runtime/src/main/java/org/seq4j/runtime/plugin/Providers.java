package org.seq4j.runtime.plugin;

import java.util.HashSet;
import java.util.Iterator;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.seq4j.core.plugin.ComponentException;
import org.seq4j.core.plugin.Plugin;

/**
 * The plugins that {@link ServiceLoader} finds for one class loader, each on its own: if one fails,
 * that is a problem, and it goes on to the next.
 *
 * @param loader of their classes
 * @param origins of what it finds
 * @param registry where components and problems go
 */
public record Providers(ClassLoader loader, Origins origins, ComponentRegistry.Builder registry) {

  /** The file in a jar that lists its plugins. */
  public static final String SERVICE = "META-INF/services/" + Plugin.class.getName();

  /** What ServiceLoader says of a class that it cannot use; the rest it tells by a cause. */
  private static final Pattern REFUSED =
      Pattern.compile(
          ".*?: (?:Provider )?(\\S+)"
              + " (?:(not found)|(not a subtype)|Unable to get public no-arg constructor)");

  /** Tells where plugins are from. */
  interface Origins {

    /** The origin of a class. */
    Origin of(Class<?> plugin);

    /** The origin of the file that lists a class by this name. */
    Origin ofListed(String className);
  }

  /**
   * Registers what they have.
   *
   * @return whether any was listed, good or not
   */
  boolean register() {
    Iterator<ServiceLoader.Provider<Plugin>> found =
        ServiceLoader.load(Plugin.class, loader).stream().iterator();
    Set<String> said = new HashSet<>();
    boolean any = false;
    while (true) {
      try {
        if (!found.hasNext()) {
          return any;
        }
        any = true;
        register(found.next());
      } catch (ServiceConfigurationError | LinkageError e) {
        if (!said.add(e.toString())) {
          return true; // ServiceLoader gets no further
        }
        any = true;
        complain(e);
      }
    }
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

  /** Of a class that could not even be looked at. */
  private void complain(Error error) {
    Matcher refused = REFUSED.matcher(String.valueOf(error.getMessage()));
    if (error instanceof ServiceConfigurationError && refused.matches()) {
      String name = refused.group(1);
      String listed = name + " is listed as Plugin and is ";
      String message =
          refused.group(2) != null
              ? listed + "not there"
              : refused.group(3) != null
                  ? listed + "none"
                  : error.getCause() instanceof LinkageError
                      ? ComponentException.message(name, error.getCause())
                      : notPublic(name);
      registry.complain(origins.ofListed(name).toString(), message);
    } else if (error instanceof UnsupportedClassVersionError) { // begins with the class
      String name = error.getMessage().replaceFirst(" .*", "").replace('/', '.');
      registry.complain(origins.ofListed(name).toString(), ComponentException.message(name, error));
    } else {
      registry.complain(
          origins.ofListed("").toString(), ComponentException.message(SERVICE, error));
    }
  }

  private static String notPublic(String className) {
    return className + " must be a public class with a public constructor without parameters";
  }
}
