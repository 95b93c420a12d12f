package org.seq4j.rnn;

import org.seq4j.core.model.Cell;
import org.seq4j.core.model.Decoder;
import org.seq4j.core.model.Encoder;
import org.seq4j.core.plugin.Components;
import org.seq4j.core.plugin.NoKeys;
import org.seq4j.core.plugin.Plugin;

/** The encoders, decoders and cells of this module. */
public final class RnnPlugin implements Plugin {

  @Override
  public int apiVersion() {
    return API_VERSION;
  }

  @Override
  public void register(Components components) {
    encoders(components.of(Encoder.class));
    decoders(components.of(Decoder.class));
    cells(components.of(Cell.class));
  }

  private static void encoders(Components.Group<Encoder> encoders) {
    encoders
        .add(
            "rnn",
            "Recurrent layers over the source, unidirectional or bidirectional"
                + " (Sutskever et al. 2014; Bahdanau et al. 2015).",
            RnnEncoder.Config.class,
            RnnEncoder::new)
        .add(
            "pyramidal",
            "Recurrent layers, each of which reads several outputs of the layer below at"
                + " once, which shortens long sources (Chan et al. 2016, section 3.1).",
            PyramidalEncoder.Config.class,
            PyramidalEncoder::new)
        .add(
            "convolutional",
            "Gated convolutions with residual connections over embeddings of "
                + "tokens and positions (Gehring et al. 2017).",
            ConvolutionalEncoder.Config.class,
            ConvolutionalEncoder::new)
        .add(
            "mean",
            "The mean of neighbouring vectors: a baseline that represents order only by"
                + " position embeddings (Gehring et al. 2016, section 3.1).",
            MeanEncoder.Config.class,
            MeanEncoder::new)
        .add(
            "multi-source",
            "An encoder for each column of the source, with attention to all of them"
                + " (Zoph and Knight 2016). It needs the tokenizer columns.",
            MultiSourceEncoder.Config.class,
            MultiSourceEncoder::new)
        .add(
            "factors",
            "An encoder of the first column of the source, whose embeddings are concatenated with"
                + " those of the other columns (Sennrich and Haddow 2016). It needs the tokenizer"
                + " columns with aligned: true.",
            FactorsEncoder.Config.class,
            FactorsEncoder::new);
  }

  private static void decoders(Components.Group<Decoder> decoders) {
    decoders
        .add(
            "rnn",
            "Recurrent layers over the target. They read the source through the"
                + " encoder's final state (Sutskever et al. 2014; Cho et al. 2014) or through"
                + " attention (Bahdanau et al. 2015; Luong et al. 2015).",
            RnnDecoderConfig.class,
            RnnDecoder::new)
        .add(
            "convolutional",
            "Gated convolutions over the previous tokens, with residual connections and attention"
                + " to the source in each layer (Gehring et al. 2017).",
            ConvolutionalDecoder.Config.class,
            ConvolutionalDecoder::new);
  }

  private static void cells(Components.Group<Cell> cells) {
    cells
        .add(
            "lstm",
            "Long short-term memory (Hochreiter and Schmidhuber 1997) with forget "
                + "gates (Gers et al. 2000).",
            LstmCell.Config.class,
            LstmCell::new)
        .add(
            "gru",
            "The gated recurrent unit (Cho et al. 2014), with the reset gate before or"
                + " after the recurrent product.",
            GruCell.Config.class,
            GruCell::new)
        .add(
            "min-gru",
            "A light cell with one gate and no recurrent product (Feng et al. 2024).",
            NoKeys.class,
            keys -> new MinGruCell())
        .add(
            "rnn",
            "The simple recurrent cell: one product and an activation function (Elman" + " 1990).",
            ElmanCell.Config.class,
            ElmanCell::new);
  }
}
