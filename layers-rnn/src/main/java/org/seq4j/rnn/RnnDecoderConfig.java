package org.seq4j.rnn;

import java.util.Optional;
import org.seq4j.core.model.AttentionMechanism;
import org.seq4j.core.model.Cell;
import org.seq4j.core.plugin.Component;
import org.seq4j.core.plugin.Key;

/** The keys of the decoder {@code rnn}. */
public record RnnDecoderConfig(
    @Key(doc = "The cell of every layer.", defaultValue = "{type: lstm}") Component<Cell> cell,
    @Key(
            doc = "The size of each layer's state, and of the decoder's output.",
            min = 1,
            example = "256")
        int units,
    @Key(doc = "How many layers stand one above the other.", defaultValue = "1", min = 1)
        int layers,
    @Key(
            doc =
                "The share of each layer's input, the embedded token included, and of the output"
                    + " that is set to zero in training (Zaremba et al. 2014).",
            defaultValue = "0.0",
            min = 0,
            max = 0.99)
        float dropout,
    @Key(
            doc =
                "The share of each layer's units that its products with the step before do not see"
                    + " in training, the same ones at all steps (Gal and Ghahramani 2016). Cells"
                    + " without such products, as min-gru, have none of it.",
            defaultValue = "0.0",
            min = 0,
            max = 0.99)
        float recurrentDropout,
    @Key(
            doc =
                "Whether the input of each layer from the second on is added to its output (Wu et"
                    + " al. 2016, section 3.1).",
            defaultValue = "false")
        boolean residual,
    @Key(
            doc =
                "What looks into the source at each step. Without it, or with none, the decoder has"
                    + " only the encoder's final state.")
        Optional<Component<AttentionMechanism>> attention,
    @Key(
            doc =
                "When it looks: after the layers, with their output as the query; what it finds and"
                    + " the query make the output (Luong et al. 2015, eq. 5). before them, with the"
                    + " state before; what it finds is an input of the lowest layer (Bahdanau et al."
                    + " 2015, appendix A.2.2). between two cells in the lowest layer, the first of"
                    + " which makes the query, and the second reads what it finds (Sennrich et al."
                    + " 2017, section 3).",
            defaultValue = "after")
        Attend attend,
    @Key(
            doc =
                "Whether the attentional vector is an input of the next step (Luong et al. 2015,"
                    + " section 3.3); needs attention after the layers, and is then true unless given.")
        Optional<Boolean> inputFeeding,
    @Key(
            doc =
                "Where the encoder's final state goes in a decoder without attention: initial-state"
                    + " (only there; Sutskever et al. 2014), or every-step (its hidden vector is an"
                    + " input at every step, too; Cho et al. 2014). initial-state unless given.")
        Optional<Context> context,
    @Key(
            doc =
                "How the first state comes from the encoder's final state: dense (a linear map for"
                    + " each), copy (as it is; needs equal layers and sizes) or zero (not at all).",
            defaultValue = "dense")
        Bridge bridge,
    @Key(
            doc =
                "The layer between state and output that also sees the embedded token before and"
                    + " the context of the step: none, tanh (Sennrich et al. 2017, section 3) or"
                    + " maxout (Bahdanau et al. 2015, appendix A.2.2).",
            defaultValue = "none")
        DeepOutput deepOutput) {

  /** When the decoder looks into the source. */
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
    /** There is none. */
    NONE,
    /** {@code tanh(W [state; input; context])}. */
    TANH,
    /** The larger of two such sums for each unit. */
    MAXOUT
  }

  /** Where the encoder's final state goes in a decoder without attention. */
  public enum Context {
    /** Into the initial state only. */
    INITIAL_STATE,
    /** An input at every step, too. */
    EVERY_STEP
  }

  /** How the first state comes from the encoder's final state. */
  public enum Bridge {
    /** By a linear map for each part of the state. */
    DENSE,
    /** As it is. */
    COPY,
    /** Not at all: it is zero. */
    ZERO
  }

  /** Checks the rules across keys. */
  public RnnDecoderConfig {
    attention = attention.filter(mechanism -> !mechanism.type().equals("none"));
    if (attention.isEmpty() && attend != Attend.AFTER) {
      throw new IllegalArgumentException(
          "attend says when attention looks, and there is none: add attention, or leave attend"
              + " out");
    }
    if (attend != Attend.AFTER && inputFeeding.orElse(false)) {
      throw new IllegalArgumentException(
          "input_feeding: true is for attention after the layers; before and between, what it finds"
              + " is an input of the same step: leave out input_feeding or attend");
    }
    if (attention.isEmpty() && inputFeeding.orElse(false)) {
      throw new IllegalArgumentException(
          "input_feeding: true needs attention, whose vector it feeds back: add attention, or leave"
              + " input_feeding out");
    }
    if (attention.isPresent() && context.isPresent()) {
      throw new IllegalArgumentException(
          "context is for a decoder without attention, which has a context of its own for each"
              + " step: leave out context or attention");
    }
    if (attention.isEmpty()
        && bridge == Bridge.ZERO
        && context.orElse(Context.INITIAL_STATE) == Context.INITIAL_STATE) {
      throw new IllegalArgumentException(
          "bridge: zero without attention hides the source from the decoder: use bridge: dense,"
              + " context: every-step, or attention");
    }
  }

  /** Whether the attentional vector is an input of the next step. */
  boolean feedsInput() {
    return attention.isPresent() && attend == Attend.AFTER && inputFeeding.orElse(true);
  }

  /** Whether the encoder's final hidden vector is an input at every step. */
  boolean contextAtEveryStep() {
    return context.isPresent() && context.get() == Context.EVERY_STEP;
  }
}
