package org.seq4j.trainer.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.MapBinder;
import com.google.inject.multibindings.Multibinder;
import jakarta.inject.Named;
import java.time.Clock;
import java.util.Map;
import java.util.function.Supplier;
import org.seq4j.core.data.CorpusFormat;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.runtime.plugin.ComponentRegistry;
import org.seq4j.runtime.run.TranslationConfig;
import org.seq4j.trainer.data.DataPreparation;
import org.seq4j.trainer.data.Dataset;
import org.seq4j.trainer.data.TrainingDataBuilder;
import org.seq4j.trainer.data.corpus.CorpusFormats;
import org.seq4j.trainer.evaluation.Evaluator;
import org.seq4j.trainer.training.Trainer;
import org.seq4j.trainer.training.TrainingListener;
import org.seq4j.trainer.training.config.TrainingConfig;
import org.seq4j.trainer.training.step.LocalWorkers;
import org.seq4j.trainer.training.step.WorkerPools;

/** Binds the parts of an experiment. It allocates no native memory. */
final class ExperimentModule extends AbstractModule {
  private final ComponentContext context;
  private final ComponentRegistry registry;
  private final Supplier<ExperimentSettings> settings;

  ExperimentModule(
      ComponentContext context, ComponentRegistry registry, Supplier<ExperimentSettings> settings) {
    this.context = context;
    this.registry = registry;
    this.settings = settings;
  }

  @Override
  protected void configure() {
    binder().requireExplicitBindings();
    binder().requireAtInjectOnConstructors();
    binder().disableCircularProxies();
    bind(ComponentContext.class).toInstance(context);
    bind(ComponentRegistry.class).toInstance(registry);
    bind(Clock.class).toInstance(Clock.systemUTC());
    bind(WorkerPools.class).toInstance(LocalWorkers::new);
    bind(TrainingDataBuilder.class).in(Singleton.class);
    bind(DataPreparation.class).to(TrainingDataBuilder.class);
    bind(Trainer.class).in(Singleton.class);
    bind(ExperimentParts.class).in(Singleton.class);
    Multibinder.newSetBinder(binder(), TrainingListener.class);
    MapBinder.newMapBinder(binder(), String.class, CorpusFormat.class);
  }

  @Provides
  @Singleton
  ExperimentSettings settings() {
    return settings.get();
  }

  @Provides
  @Named("seed")
  long seed(ExperimentSettings of) {
    return of.seed();
  }

  @Provides
  TranslationConfig model(ExperimentSettings of) {
    return of.model();
  }

  @Provides
  TrainingConfig training(ExperimentSettings of) {
    return of.training();
  }

  @Provides
  @Singleton
  CorpusFormats formats(Map<String, CorpusFormat> bound) {
    return CorpusFormats.of(registry, context).with(bound);
  }

  @Provides
  @Singleton
  Dataset dataset(ExperimentSettings of, CorpusFormats formats) {
    return new Dataset(
        of.data(), context.directory(), formats, of.model().source(), of.model().target());
  }

  @Provides
  @Singleton
  Evaluator evaluator(ExperimentSettings of) {
    return Evaluator.of(of.evaluation(), context);
  }
}
