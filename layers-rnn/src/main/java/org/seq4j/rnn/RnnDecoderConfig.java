package org.seq4j.rnn;

import java.util.Optional;
import org.seq4j.core.model.AttentionMechanism;
import org.seq4j.core.model.Cell;
import org.seq4j.core.plugin.Component;
import org.seq4j.core.plugin.Key;

/** The configuration of the decoder {@code rnn}. */
public record RnnDecoderConfig(
    @Key(doc = "The cell of every layer.", defaultValue = "{type: lstm}") Component<Cell> cell,
    @Key(
            doc = "The size of the hidden state of each layer, and of the decoder's output.",
            min = 1,
            example = "256")
        int units,
    @Key(doc = "The number of layers.", defaultValue = "1", min = 1) int layers,
    @Key(
            doc =
                "The dropout rate of each layer's input, including the embedded token, and"
                    + " of the output (Zaremba et al. 2014).",
            defaultValue = "0.0",
            min = 0,
            max = 0.99)
        float dropout,
    @Key(
            doc =
                "The dropout rate of the hidden state in recurrent products, with the same"
                    + " mask at all steps (Gal and Ghahramani 2016). It has no effect on cells"
                    + " without recurrent products, such as min-gru.",
            defaultValue = "0.0",
            min = 0,
            max = 0.99)
        float recurrentDropout,
    @Key(
            doc =
                "Whether residual connections add the input of each layer, from the second"
                    + " on, to its output (Wu et al. 2016, section 3.1).",
            defaultValue = "false")
        boolean residual,
    @Key(
            doc =
                "The attention mechanism. Without it, or with none, the decoder reads only"
                    + " the encoder's final state.")
        Optional<Component<AttentionMechanism>> attention,
    @Key(
            doc =
                "The time of attention in a step. after: the output of the layers is the"
                    + " query; the decoder's output is computed from context and query (Luong et"
                    + " al. 2015, eq. 5). before: the previous state is the query; the context is"
                    + " an input of the lowest layer (Bahdanau et al. 2015, appendix A.2.2)."
                    + " between: the lowest layer has two cells, the first computes the query and"
                    + " the second reads the context (Sennrich et al. 2017, section 3).",
            defaultValue = "after")
        Attend attend,
    @Key(
            doc =
                "Whether the attentional vector is an input of the next step (Luong et al."
                    + " 2015, section 3.3). Needs attention after the layers, and is then true by"
                    + " default.")
        Optional<Boolean> inputFeeding,
    @Key(
            doc =
                "The use of the encoder's final state in a decoder without attention:"
                    + " initial-state (only as the initial state; Sutskever et al. 2014) or"
                    + " every-step (its hidden state is also an input of every step; Cho et al."
                    + " 2014). Default: initial-state.")
        Optional<Context> context,
    @Key(
            doc =
                "The initial state, computed from the encoder's final state: dense (by a"
                    + " linear map for each state), copy (unchanged; needs equal layers and sizes)"
                    + " or zero (not used).",
            defaultValue = "dense")
        Bridge bridge,
    @Key(
            doc =
                "The layer between state and output that also reads the previous embedded"
                    + " token and the context of the step: none, tanh (Sennrich et al. 2017,"
                    + " section 3) or maxout (Bahdanau et al. 2015, appendix A.2.2).",
            defaultValue = "none")
        DeepOutput deepOutput) {

  /** The time of attention in a step. */
  public enum Attend {
    /** After the layers. */
    AFTER,
    /** Before the layers. */
    BEFORE,
    /** Between two cells of the lowest layer. */
    BETWEEN
  }

  /** The layer between state and output. */
  public enum DeepOutput {
    /** No such layer. */
    NONE,
    /** {@code tanh(W [state; input; context])}. */
    TANH,
    /** The maximum of two such sums for each unit. */
    MAXOUT
  }

  /** The use of the encoder's final state in a decoder without attention. */
  public enum Context {
    /** As the initial state only. */
    INITIAL_STATE,
    /** As the initial state and as an input of every step. */
    EVERY_STEP
  }

  /** The computation of the initial state from the encoder's final state. */
  public enum Bridge {
    /** A linear map for each tensor of the state. */
    DENSE,
    /** A copy. */
    COPY,
    /** Zeros: the final state is not used. */
    ZERO
  }

  /** Checks the rules across keys. */
  public RnnDecoderConfig {
    attention = attention.filter(mechanism -> !mechanism.type().equals("none"));
    if (attention.isEmpty() && attend != Attend.AFTER) {
      throw new IllegalArgumentException(
          "attend sets when the decoder uses attention, but there is no attention: add"
              + " attention, or remove attend");
    }
    if (attend != Attend.AFTER && inputFeeding.orElse(false)) {
      throw new IllegalArgumentException(
          "input_feeding: true needs attention after the layers; before or between,"
              + " the context is an input of the same step: remove input_feeding or attend");
    }
    if (attention.isEmpty() && inputFeeding.orElse(false)) {
      throw new IllegalArgumentException(
          "input_feeding: true needs attention, whose vector it feeds back: add"
              + " attention, or remove input_feeding");
    }
    if (attention.isPresent() && context.isPresent()) {
      throw new IllegalArgumentException(
          "context is for a decoder without attention; attention computes its own"
              + " context in each step: remove context or attention");
    }
    if (attention.isEmpty()
        && bridge == Bridge.ZERO
        && context.orElse(Context.INITIAL_STATE) == Context.INITIAL_STATE) {
      throw new IllegalArgumentException(
          "bridge: zero without attention hides the source from the decoder: use bridge: dense,"
              + " context: every-step, or attention");
    }
  }

  /** Returns true if the attentional vector is an input of the next step. */
  boolean feedsInput() {
    return attention.isPresent() && attend == Attend.AFTER && inputFeeding.orElse(true);
  }

  /** Returns true if the encoder's final hidden state is an input of every step. */
  boolean contextAtEveryStep() {
    return context.isPresent() && context.get() == Context.EVERY_STEP;
  }
}
