package org.seq4j.trainer.objective;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.plugin.Component;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.ComponentException;
import org.seq4j.core.training.ForcedPass;
import org.seq4j.core.training.Objective;
import org.seq4j.runtime.model.CtcPosteriors;
import org.seq4j.runtime.model.SamplingPolicy;
import org.seq4j.runtime.model.Seq2SeqModel;
import org.seq4j.runtime.model.batch.SequenceBatch;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Stack;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** The objectives of training and their combined loss. */
public final class Objectives {
  private static final String SCOPE = CtcPosteriors.OBJECTIVES;
  private static final String ENCODER = "encoder.";

  private final Map<String, Objective> byName; // without those of weight 0

  private Objectives(Map<String, Objective> byName) {
    this.byName = byName;
    if (byName.isEmpty()) {
      throw new IllegalArgumentException(
          "all objectives have the weight 0; set at least one weight above 0");
    }
    if (byName.size() > 1) {
      byName.forEach(
          (name, objective) -> {
            if (objective instanceof SampledObjective) {
              throw new IllegalArgumentException(standsAlone(name));
            }
          });
    }
    if (byName.values().stream().filter(Distillation.class::isInstance).count() > 1) {
      throw new IllegalArgumentException(
          "there are several objectives distillation: name all teachers in one, which learns from"
              + " their mean");
    }
  }

  /**
   * Creates the objectives of a config.
   *
   * @throws org.seq4j.core.plugin.ComponentException if an objective rejects its configuration
   * @throws IllegalArgumentException if they do not go together
   */
  public static Objectives of(List<Component<Objective>> components, ComponentContext context) {
    Map<String, Objective> byName = new LinkedHashMap<>();
    List<String> names = names(components);
    for (int i = 0; i < names.size(); i++) {
      add(byName, names.get(i), components.get(i).create(context));
    }
    return new Objectives(byName);
  }

  /** Returns the names of objectives: their types, with a number after the first of a type. */
  public static List<String> names(List<Component<Objective>> components) {
    Map<String, Integer> times = new LinkedHashMap<>();
    List<String> names = new ArrayList<>();
    for (Component<Objective> component : components) {
      String type = component.type();
      int time = times.merge(type, 1, Integer::sum);
      names.add(time == 1 ? type : type + "-" + time);
    }
    return names;
  }

  /**
   * Combines objectives that a program created; their parameters are named by their index.
   *
   * @throws IllegalArgumentException if they do not go together
   */
  public static Objectives of(Objective... objectives) {
    Map<String, Objective> byName = new LinkedHashMap<>();
    for (int i = 0; i < objectives.length; i++) {
      add(byName, Integer.toString(i), objectives[i]);
    }
    return new Objectives(byName);
  }

  private static void add(Map<String, Objective> byName, String name, Objective objective) {
    double weight = objective.weight();
    if (!Double.isFinite(weight) || weight < 0) {
      throw new IllegalArgumentException(
          "%s: expected a finite weight of at least 0, got %s".formatted(name, weight));
    }
    if (weight > 0) {
      byName.put(name, objective);
    }
  }

  /** Returns the message that a sampled objective excludes all others. */
  private static String standsAlone(String name) {
    return name
        + ": trains on sampled candidates, not on the targets of the corpora, so it cannot be"
        + " combined with other objectives or scheduled_sampling; remove these";
  }

  /** Returns the union of the objectives' needs. */
  public Set<Objective.Input> needs() {
    return byName.values().stream()
        .map(Objective::needs)
        .flatMap(Collection::stream)
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Returns true if training may leave a parameter as it is: objectives of the encoder alone, such
   * as {@code ctc}, train no decoder.
   */
  public boolean mayLeave(String path) {
    return !path.startsWith(ENCODER)
        && !owns(path)
        && byName.values().stream().allMatch(Ctc.class::isInstance);
  }

  /** Returns the objective whose candidates replace the batch, if any. */
  public Optional<SampledObjective> sampled() {
    return byName.values().stream()
        .filter(SampledObjective.class::isInstance)
        .map(SampledObjective.class::cast)
        .findFirst();
  }

  /** Returns the objective that needs teachers, if any. */
  public Optional<Distillation> taught() {
    return byName.values().stream()
        .filter(Distillation.class::isInstance)
        .map(Distillation.class::cast)
        .findFirst();
  }

  /**
   * Checks that the objectives can be combined with scheduled sampling.
   *
   * @throws IllegalArgumentException if they cannot
   */
  public void checkScheduledSampling() {
    if (sampled().isPresent()) {
      throw new IllegalArgumentException(standsAlone(byName.keySet().iterator().next()));
    }
  }

  /**
   * Checks that a model has the kind of targets that the objectives need.
   *
   * @throws IllegalArgumentException if it has not
   */
  public void check(Seq2SeqModel model) {
    boolean vectors = model.target().isVectors();
    byName.forEach(
        (name, objective) -> {
          mismatch(objective, vectors)
              .ifPresent(
                  message -> {
                    throw new ObjectiveException(name, message, null);
                  });
          if ((objective instanceof SampledObjective || objective instanceof Distillation)
              && model.copies()) {
            throw new ObjectiveException(
                name, "needs targets of tokens and an output that does not copy", null);
          }
        });
  }

  /** Returns a message if an objective does not fit the kind of targets. */
  public static Optional<String> mismatch(Objective objective, boolean vectors) {
    Objective.Input other = vectors ? Objective.Input.TOKENS : Objective.Input.VECTORS;
    return objective.needs().contains(other)
        ? Optional.of(
            vectors
                ? "is for targets of tokens, but the target consists of vectors: remove it"
                : "is for targets of vectors, but the target consists of tokens: remove it")
        : Optional.empty();
  }

  /**
   * Adds the ops of the loss of candidates, if there is a {@linkplain #sampled() sampled
   * objective}.
   *
   * @param parts the number of parts that the rows of the batch are divided into
   */
  public Optional<RiskInput> risk(
      Scope scope, Seq2SeqModel model, SequenceBatch source, SequenceBatch target, int parts) {
    return sampled().map(objective -> RiskInput.of(scope, model, objective, source, target, parts));
  }

  /** Adds the ops of the loss with teacher forcing. */
  public Loss loss(
      Scope scope, Seq2SeqModel model, SequenceBatch source, SequenceBatch target, int parts) {
    return loss(
        scope,
        model,
        source,
        target,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        parts);
  }

  /**
   * Adds the ops of the loss: the weighted sum of the objectives' losses, plus losses of the
   * model's components.
   *
   * @param feedback the scheduled sampling, if any
   * @param links the alignment links of source and target positions, if any
   * @param taught the mean of the teachers' probabilities, {@code [B, T + 1, V]}, for {@link
   *     #taught}
   * @param additional the factor of the losses of the model's components, a scalar; 1 if empty
   * @param parts the number of parts that the rows of the batch are divided into, to be computed in
   *     parallel; the loss is the same up to rounding
   * @throws IllegalArgumentException if the model lacks an output that an objective needs
   */
  public Loss loss(
      Scope scope,
      Seq2SeqModel model,
      SequenceBatch source,
      SequenceBatch target,
      Optional<SamplingPolicy> feedback,
      Optional<ForcedPass.Links> links,
      Optional<Operand<TFloat32>> taught,
      Optional<Operand<TFloat32>> additional,
      int parts) {
    Ops tf = scope.tf();
    List<Operand<TFloat32>> losses = new ArrayList<>();
    List<Operand<TFloat32>> counts = new ArrayList<>();
    for (int i = 0; i < parts; i++) {
      int part = i;
      ForcedPass plain =
          parts == 1
              ? model.score(scope, source, target, feedback)
              : model.score(
                  scope, source.part(tf, part, parts), target.part(tf, part, parts), feedback);
      ForcedPass pass =
          links
              .map(all -> plain.withLinks(parts == 1 ? all : linksOfPart(tf, all, part, parts)))
              .orElse(plain);
      Optional<Operand<TFloat32>> taughtHere =
          taught.map(
              all ->
                  parts == 1
                      ? all
                      : tf.gather(all, source.rowsOfPart(tf, part, parts), tf.constant(0)));
      byName.forEach(
          (name, objective) -> losses.add(weighted(scope, name, objective, pass, taughtHere)));
      ofComponents(tf, pass.decoded().losses())
          .forEach(
              it ->
                  losses.add(
                      additional.<Operand<TFloat32>>map(by -> tf.math.mul(it, by)).orElse(it)));
      counts.add(tf.dtypes.cast(tf.reduceSum(pass.lengths(), tf.constant(0)), TFloat32.class));
    }
    return new Loss(tf.math.addN(losses), tf.math.addN(counts));
  }

  /** Returns true if a parameter is one of an objective; inference need not have it. */
  public static boolean owns(String path) {
    return path.startsWith(SCOPE + ".");
  }

  private static Operand<TFloat32> weighted(
      Scope scope,
      String name,
      Objective objective,
      ForcedPass pass,
      Optional<Operand<TFloat32>> taught) {
    Scope own = scope.child(SCOPE).child(name.replace('+', '_'));
    Operand<TFloat32> loss;
    try {
      loss =
          ComponentException.notNull(
              objective,
              "loss",
              objective instanceof Distillation distillation
                  ? distillation.loss(own, pass, taught.orElseThrow())
                  : objective.loss(own, pass));
    } catch (IllegalArgumentException e) { // its message is for users
      throw new ObjectiveException(name, e.getMessage(), e);
    }
    if (loss.shape().numDimensions() > 0) {
      throw new ObjectiveException(name, "expected a scalar loss, got shape " + loss.shape(), null);
    }
    return objective.weight() == 1
        ? loss
        : scope.tf().math.mul(loss, scope.tf().constant((float) objective.weight()));
  }

  /** Sums the losses of components, {@code [B, T]} each and zero at padding. */
  private static List<Operand<TFloat32>> ofComponents(Ops tf, NamedTensors losses) {
    return losses.names().stream()
        .<Operand<TFloat32>>map(
            name -> tf.reduceSum(losses.floats(name), tf.constant(new int[] {0, 1})))
        .toList();
  }

  /** Returns the links of the rows of a part, see {@link SequenceBatch#part}. */
  private static ForcedPass.Links linksOfPart(Ops tf, ForcedPass.Links all, int part, int parts) {
    Operand<TInt32> rows = column(tf, all, 0);
    Operand<TInt32> count = tf.constant(parts);
    Operand<TBool> here = tf.math.equal(tf.math.floorMod(rows, count), tf.constant(part));
    Operand<TInt32> kept =
        tf.dtypes.cast(tf.reshape(tf.where(here), tf.constant(new int[] {-1})), TInt32.class);
    Operand<TInt32> renumbered =
        tf.stack(
            List.of(tf.math.floorDiv(rows, count), column(tf, all, 1), column(tf, all, 2)),
            Stack.axis(1L));
    return new ForcedPass.Links(
        tf.gather(renumbered, kept, tf.constant(0)), tf.gather(all.shares(), kept, tf.constant(0)));
  }

  private static Operand<TInt32> column(Ops tf, ForcedPass.Links links, int column) {
    return tf.gather(links.positions(), tf.constant(column), tf.constant(1)); // [N]
  }
}
