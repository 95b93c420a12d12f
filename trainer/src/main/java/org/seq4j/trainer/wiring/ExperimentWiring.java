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

/** Makes the parts of an experiment. */
public final class ExperimentWiring {
  private final Injector injector;

  private ExperimentWiring(Injector injector) {
    this.injector = injector;
  }

  /**
   * Binds the parts; none is made before it is asked for.
   *
   * @param registry of the formats that its data may be in
   * @param settings asked for once, with the first part that needs them
   * @param overrides whose bindings take the place of those here
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
        // makes each part when it is asked for, and so no part twice
        Guice.createInjector(Stage.DEVELOPMENT, all));
  }

  /** The formats that its data may be in; the settings are not needed for it. */
  public CorpusFormats formats() {
    return make(CorpusFormats.class);
  }

  /**
   * All parts.
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
      // What a user can do something about is the component's message, not the way to it.
      if (e.getCause() instanceof ComponentException refused) {
        throw refused;
      }
      throw e;
    }
  }
}
