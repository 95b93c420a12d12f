package org.seq4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.seq4j.core.training.ForcedPass;
import org.seq4j.core.training.Objective;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * Contract of objectives. The author of an objective extends it in a test of a few lines, in
 * addition to the contract of plugins:
 *
 * <pre>{@code
 * class FocalLossTest extends ObjectiveContract {
 *   protected Objective objective() { return new FocalLoss(new FocalLoss.Config(2, 1)); }
 * }
 * }</pre>
 */
public abstract class ObjectiveContract {

  /** Returns the objective under test. */
  protected abstract Objective objective();

  /**
   * Returns true to test the objective with targets of vectors, false to test it with targets of
   * tokens. By default, true if the objective needs vectors.
   */
  protected boolean ofVectors() {
    return objective().needs().contains(Objective.Input.VECTORS);
  }

  private Operand<TFloat32> loss(ForcedPassFixture passes, ForcedPass pass) {
    return objective().loss(passes.graph().scope(), pass);
  }

  private ForcedPassFixture passes() {
    return new ForcedPassFixture(ofVectors());
  }

  /** The gradients are those of its own parameters and of all inputs from the model. */
  @Test
  public void gradientsAgreeWithFiniteDifferences() {
    try (ForcedPassFixture passes = passes()) {
      passes.graph().checkGradients(List.of(loss(passes, passes.whole())));
    }
  }

  @Test
  public void itIsAScalarThatIsNotZero() {
    try (ForcedPassFixture passes = passes()) {
      Operand<TFloat32> loss = loss(passes, passes.whole());
      passes.graph().randomise();
      passes.graph().checkShape("the loss, a scalar", loss);
      assertThat(passes.graph().values(loss)[0]).isFinite().isNotZero();
    }
  }

  @Test
  public void paddingChangesNothing() {
    try (ForcedPassFixture passes = passes()) {
      Operand<TFloat32> loss = loss(passes, passes.whole());
      Operand<TFloat32> padded = loss(passes, passes.padded());
      passes.graph().randomise();
      assertThat(passes.graph().values(padded)[0])
          .as(
              "the loss with more padding: values beyond a length must not affect it, even if they"
                  + " are infinite or NaN; see Masks")
          .isCloseTo(passes.graph().values(loss)[0], within(1e-4f));
    }
  }

  @Test
  public void partsAddUpToTheWhole() {
    try (ForcedPassFixture passes = passes()) {
      Operand<TFloat32> loss = loss(passes, passes.whole());
      Operand<TFloat32> some = loss(passes, passes.rows(0, 2));
      Operand<TFloat32> others = loss(passes, passes.rows(1));
      Operand<TFloat32> none = loss(passes, passes.rows());
      passes.graph().randomise();
      assertThat(passes.graph().values(none)[0]).as("the loss of an empty sub-batch").isZero();
      assertThat(passes.graph().values(some)[0] + passes.graph().values(others)[0])
          .as("the sum of the losses of two sub-batches: the loss is a sum, not a mean")
          .isCloseTo(passes.graph().values(loss)[0], within(1e-4f));
    }
  }
}
