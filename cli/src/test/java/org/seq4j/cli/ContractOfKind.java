package org.seq4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.seq4j.core.metric.Metric;
import org.seq4j.core.model.Cell;
import org.seq4j.core.model.OutputLayer;
import org.seq4j.core.search.SearchConstraint;
import org.seq4j.core.text.TokenizerTrainer;
import org.seq4j.core.training.LearningRateSchedule;
import org.seq4j.core.training.Optimizer;
import org.seq4j.testkit.CellContract;
import org.seq4j.testkit.ConstraintContract;
import org.seq4j.testkit.MetricContract;
import org.seq4j.testkit.OptimizerContract;
import org.seq4j.testkit.OutputContract;
import org.seq4j.testkit.ScheduleContract;
import org.seq4j.testkit.TokenizerTrainerContract;

/** The contracts that a component is tested with as it is registered, by the name of its kind. */
final class ContractOfKind {

  /** Kinds whose contract needs more than the component: tests in their modules extend it. */
  private static final Set<String> WITH_TESTS_OF_THEIR_OWN =
      Set.of(
          "encoder", "decoder", "attention", "tokenizer", "objective", "corpus-format", "reader");

  private static final Map<String, Function<Supplier<Object>, Object>> CONTRACTS =
      Map.of(
          "cell", Cells::new,
          "output", Outputs::new,
          "optimizer", Optimizers::new,
          "schedule", Schedules::new,
          "metric", Metrics::new,
          "constraint", Constraints::new,
          "tokenizer-trainer", Trainers::new);

  /** All kinds that have a contract. */
  static final Set<String> KINDS = new TreeSet<>(CONTRACTS.keySet());

  static {
    KINDS.addAll(WITH_TESTS_OF_THEIR_OWN);
  }

  private ContractOfKind() {}

  /** Runs the tests of the contract of a kind, if it needs nothing but the component. */
  static void check(String kind, Supplier<Object> component) throws Exception {
    Optional<Object> contract =
        Optional.ofNullable(CONTRACTS.get(kind)).map(making -> making.apply(component));
    if (contract.isEmpty()) {
      return;
    }
    int tests = 0;
    for (Method method : contract.get().getClass().getMethods()) {
      if (method.isAnnotationPresent(Test.class)) {
        method.setAccessible(true);
        run(method, contract.get());
        tests++;
      }
    }
    assertThat(tests).as("tests of the contract").isPositive();
  }

  private static void run(Method test, Object contract) throws Exception {
    try {
      test.invoke(contract);
    } catch (InvocationTargetException e) {
      String failure = "%s: %s".formatted(test.getName(), e.getCause().getMessage());
      throw new AssertionError(failure, e.getCause());
    }
  }

  private static final class Cells extends CellContract {
    private final Supplier<Object> component;

    Cells(Supplier<Object> component) {
      this.component = component;
    }

    @Override
    protected Cell cell() {
      return (Cell) component.get();
    }
  }

  private static final class Outputs extends OutputContract {
    private final Supplier<Object> component;

    Outputs(Supplier<Object> component) {
      this.component = component;
    }

    @Override
    protected OutputLayer output() {
      return (OutputLayer) component.get();
    }
  }

  private static final class Optimizers extends OptimizerContract {
    private final Supplier<Object> component;

    Optimizers(Supplier<Object> component) {
      this.component = component;
    }

    @Override
    protected Optimizer optimizer() {
      return (Optimizer) component.get();
    }
  }

  private static final class Schedules extends ScheduleContract {
    private final Supplier<Object> component;

    Schedules(Supplier<Object> component) {
      this.component = component;
    }

    @Override
    protected LearningRateSchedule schedule() {
      return (LearningRateSchedule) component.get();
    }
  }

  private static final class Metrics extends MetricContract {
    private final Supplier<Object> component;

    Metrics(Supplier<Object> component) {
      this.component = component;
    }

    @Override
    protected Metric metric() {
      return (Metric) component.get();
    }
  }

  private static final class Constraints extends ConstraintContract {
    private final Supplier<Object> component;

    Constraints(Supplier<Object> component) {
      this.component = component;
    }

    @Override
    protected SearchConstraint constraint() {
      return (SearchConstraint) component.get();
    }
  }

  private static final class Trainers extends TokenizerTrainerContract {
    private final Supplier<Object> component;

    Trainers(Supplier<Object> component) {
      this.component = component;
    }

    @Override
    protected TokenizerTrainer trainer() {
      return (TokenizerTrainer) component.get();
    }
  }
}
