package org.seq4j.trainer.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.name.Names;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.runtime.plugin.ComponentRegistry;
import org.seq4j.runtime.run.TranslationConfig;
import org.seq4j.trainer.data.DataConfig;
import org.seq4j.trainer.data.Dataset;
import org.seq4j.trainer.data.TrainingDataBuilder;
import org.seq4j.trainer.data.corpus.CorpusFormats;
import org.seq4j.trainer.evaluation.EvaluationConfig;
import org.seq4j.trainer.evaluation.Evaluator;
import org.seq4j.trainer.training.Trainer;
import org.seq4j.trainer.training.config.TrainingConfig;

/** Binds what an experiment consists of. Nothing native is made here. */
final class ExperimentModule extends AbstractModule {
  private final long seed;
  private final DataConfig data;
  private final TranslationConfig model;
  private final TrainingConfig training;
  private final EvaluationConfig evaluation;
  private final ComponentContext context;
  private final ComponentRegistry registry;

  ExperimentModule(
      long seed,
      DataConfig data,
      TranslationConfig model,
      TrainingConfig training,
      EvaluationConfig evaluation,
      ComponentContext context,
      ComponentRegistry registry) {
    this.seed = seed;
    this.data = data;
    this.model = model;
    this.training = training;
    this.evaluation = evaluation;
    this.context = context;
    this.registry = registry;
  }

  @Override
  protected void configure() {
    binder().requireExplicitBindings();
    binder().requireAtInjectOnConstructors();
    binder().disableCircularProxies();
    bindConstant().annotatedWith(Names.named("seed")).to(seed);
    bind(TranslationConfig.class).toInstance(model);
    bind(TrainingConfig.class).toInstance(training);
    bind(ComponentContext.class).toInstance(context);
    bind(TrainingDataBuilder.class).in(Singleton.class);
    bind(Trainer.class).in(Singleton.class);
    bind(ExperimentParts.class).in(Singleton.class);
  }

  @Provides
  @Singleton
  Dataset dataset() {
    return new Dataset(
        data,
        context.directory(),
        CorpusFormats.of(registry, context),
        model.source(),
        model.target());
  }

  @Provides
  @Singleton
  Evaluator evaluator() {
    return Evaluator.of(evaluation, context);
  }
}
