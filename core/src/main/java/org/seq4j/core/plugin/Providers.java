package org.seq4j.core.plugin;

import java.io.IOException;
import java.net.URL;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Makes the factories that the service files of one class loader list, each on its own: if one
 * fails, that is a problem, and the others are made.
 */
final class Providers {

  /** {@link ClassLoader#getResources} or {@code findResources}, which leaves out the parent's. */
  interface Search {
    List<URL> resources(String name) throws IOException;
  }

  /** Tells the origin of what a service file lists. */
  interface Origins {
    Origin of(URL serviceFile);
  }

  private final ClassLoader loader;
  private final Search search;
  private final Origins origins;
  private final ComponentRegistry.Builder registry;
  private final Set<String> seen = new HashSet<>(); // a class path may name a jar twice

  Providers(
      ClassLoader loader, Search search, Origins origins, ComponentRegistry.Builder registry) {
    this.loader = loader;
    this.search = search;
    this.origins = origins;
    this.registry = registry;
  }

  /**
   * Adds the factories to the registry.
   *
   * @param where what is searched, for messages
   * @return whether any was listed, good or not
   */
  boolean register(String where) {
    boolean any = false;
    for (ComponentKind<?> kind : ComponentKind.ALL) {
      try {
        for (URL url : search.resources(ServiceFile.resource(kind))) {
          any |= register(kind, ServiceFile.read(kind, url));
        }
      } catch (IOException e) {
        any = true;
        registry.complain(where, ServiceFile.resource(kind) + " cannot be read: " + e);
      }
    }
    return any;
  }

  private boolean register(ComponentKind<?> kind, ServiceFile file) {
    Origin origin = origins.of(file.url());
    for (String provider : file.providers()) {
      if (seen.add(kind.name() + " " + provider)) {
        register(kind, provider, origin);
      }
    }
    return !file.providers().isEmpty();
  }

  private void register(ComponentKind<?> kind, String provider, Origin origin) {
    String where = origin.toString();
    String service = kind.service().getSimpleName();
    try {
      Class<?> type = Class.forName(provider, false, loader);
      if (!kind.service().isAssignableFrom(type)) {
        registry.complain(where, provider + " is listed as " + service + " and is none");
        return;
      }
      Object factory = type.getConstructor().newInstance();
      registry.add(kind, kind.service().cast(factory), origin);
    } catch (ClassNotFoundException e) {
      registry.complain(where, "%s is listed as %s and is not there".formatted(provider, service));
    } catch (NoSuchMethodException | IllegalAccessException | InstantiationException e) {
      registry.complain(
          where, provider + " must be a public class with a public constructor without parameters");
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      registry.complain(where, Failures.of(provider, e));
    }
  }
}
