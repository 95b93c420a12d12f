package org.seq4j.core.plugin;

import java.util.List;
import java.util.Optional;
import org.seq4j.core.data.CorpusFormat;
import org.seq4j.core.data.CorpusFormatFactory;
import org.seq4j.core.metric.Metric;
import org.seq4j.core.metric.MetricFactory;
import org.seq4j.core.model.AttentionFactory;
import org.seq4j.core.model.AttentionMechanism;
import org.seq4j.core.model.Cell;
import org.seq4j.core.model.CellFactory;
import org.seq4j.core.model.Decoder;
import org.seq4j.core.model.DecoderFactory;
import org.seq4j.core.model.Encoder;
import org.seq4j.core.model.EncoderFactory;
import org.seq4j.core.model.OutputFactory;
import org.seq4j.core.model.OutputLayer;
import org.seq4j.core.search.SearchConstraint;
import org.seq4j.core.search.SearchConstraintFactory;
import org.seq4j.core.text.Tokenizer;
import org.seq4j.core.text.TokenizerFactory;
import org.seq4j.core.text.TokenizerTrainer;
import org.seq4j.core.text.TokenizerTrainerFactory;
import org.seq4j.core.training.LearningRateSchedule;
import org.seq4j.core.training.Optimizer;
import org.seq4j.core.training.OptimizerFactory;
import org.seq4j.core.training.ScheduleFactory;

/**
 * A kind of component: what plugins can add.
 *
 * @param name as users read it, "encoder"
 * @param component the interface that components of this kind implement
 * @param service the factory interface that {@link java.util.ServiceLoader} looks for
 */
public record ComponentKind<T>(
    String name, Class<T> component, Class<? extends ComponentFactory<T, ?>> service) {

  /** Every kind, in the order in which they are listed to users. */
  public static final List<ComponentKind<?>> ALL =
      List.of(
          kind("encoder", Encoder.class, EncoderFactory.class),
          kind("decoder", Decoder.class, DecoderFactory.class),
          kind("attention", AttentionMechanism.class, AttentionFactory.class),
          kind("cell", Cell.class, CellFactory.class),
          kind("constraint", SearchConstraint.class, SearchConstraintFactory.class),
          kind("output", OutputLayer.class, OutputFactory.class),
          kind("tokenizer", Tokenizer.class, TokenizerFactory.class),
          kind("tokenizer-trainer", TokenizerTrainer.class, TokenizerTrainerFactory.class),
          kind("optimizer", Optimizer.class, OptimizerFactory.class),
          kind("schedule", LearningRateSchedule.class, ScheduleFactory.class),
          kind("metric", Metric.class, MetricFactory.class),
          kind("corpus-format", CorpusFormat.class, CorpusFormatFactory.class));

  /** The kind whose components implement exactly this interface. */
  @SuppressWarnings("unchecked") // its component is the class that was asked for
  public static <T> Optional<ComponentKind<T>> of(Class<T> component) {
    return ALL.stream()
        .filter(kind -> kind.component() == component)
        .map(kind -> (ComponentKind<T>) kind)
        .findFirst();
  }

  @SuppressWarnings("unchecked") // a raw factory class stands for all its configurations
  private static <T> ComponentKind<T> kind(String name, Class<T> component, Class<?> service) {
    return new ComponentKind<>(name, component, (Class<? extends ComponentFactory<T, ?>>) service);
  }
}
