package org.seq4j.trainer.wiring;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Module;
import com.google.inject.ProvisionException;
import com.google.inject.Stage;
import com.google.inject.util.Modules;
import java.util.List;
import java.util.function.Supplier;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.ComponentException;
import org.seq4j.runtime.plugin.ComponentRegistry;
import org.seq4j.trainer.data.corpus.CorpusFormats;

/** Creates the parts of an experiment. */
public final class ExperimentWiring {
  private final Injector injector;

  private ExperimentWiring(Injector injector) {
    this.injector = injector;
  }

  /**
   * Binds the parts; each is created on its first use.
   *
   * @param registry the components, formats of data among them
   * @param settings called once, by the first part that needs it
   * @param overrides modules whose bindings replace the default ones
   * @throws com.google.inject.CreationException if a binding is wrong
   */
  public static ExperimentWiring of(
      ComponentContext context,
      ComponentRegistry registry,
      Supplier<ExperimentSettings> settings,
      List<Module> overrides) {
    Module all =
        Modules.override(new ExperimentModule(context, registry, settings)).with(overrides);
    return new ExperimentWiring(
        // DEVELOPMENT creates singletons lazily
        Guice.createInjector(Stage.DEVELOPMENT, all));
  }

  /** Returns the formats of data; this does not need the settings. */
  public CorpusFormats formats() {
    return make(CorpusFormats.class);
  }

  /**
   * Returns all parts.
   *
   * @throws ComponentException if a component refuses its configuration
   */
  public ExperimentParts parts() {
    return make(ExperimentParts.class);
  }

  private <T> T make(Class<T> part) {
    try {
      return injector.getInstance(part);
    } catch (ProvisionException e) {
      // The component's message helps a user; Guice's chain of providers does not.
      if (e.getCause() instanceof ComponentException refused) {
        throw refused;
      }
      throw e;
    }
  }
}
