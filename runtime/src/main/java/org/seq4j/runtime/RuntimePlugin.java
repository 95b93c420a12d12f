package org.seq4j.runtime;

import org.seq4j.core.model.OutputLayer;
import org.seq4j.core.plugin.Components;
import org.seq4j.core.plugin.NoKeys;
import org.seq4j.core.plugin.Plugin;
import org.seq4j.core.search.SearchConstraint;
import org.seq4j.core.text.Tokenizer;
import org.seq4j.runtime.model.output.HardMonotonicOutput;
import org.seq4j.runtime.model.output.LinearOutput;
import org.seq4j.runtime.model.output.PointerGeneratorOutput;
import org.seq4j.runtime.model.output.SoftmaxOutput;
import org.seq4j.runtime.search.Shortlist;
import org.seq4j.runtime.text.ColumnsTokenizer;

/** Registers the built-in output layers and search constraints, and the tokenizer of columns. */
public final class RuntimePlugin implements Plugin {

  @Override
  public int apiVersion() {
    return API_VERSION;
  }

  @Override
  public void register(Components components) {
    components
        .of(OutputLayer.class)
        .add(
            "softmax",
            "A linear map to the vocabulary, followed by a softmax; the map can share"
                + " the target embedding (Press and Wolf 2017).",
            NoKeys.class,
            keys -> new SoftmaxOutput())
        .add(
            "pointer-generator",
            "A softmax, mixed with copying source tokens by their attention weights,"
                + " including tokens that are not in the vocabulary (See et al. 2017). Needs a"
                + " decoder with attention and an encoder of stride 1.",
            NoKeys.class,
            keys -> new PointerGeneratorOutput())
        .add(
            "hard-monotonic",
            "A softmax at each source position, of which one that is never before the previous"
                + " token's produces the token; the probability of a target is the exact sum over"
                + " all alignments (Wu and Cotterell 2019). Needs a decoder without attention.",
            HardMonotonicOutput.Config.class,
            HardMonotonicOutput::new)
        .add(
            "linear",
            "A linear map to the vectors of the target.",
            NoKeys.class,
            keys -> new LinearOutput());
    components
        .of(Tokenizer.class)
        .add(
            "columns",
            "Splits a text into columns, each of which has its own tokenizer, with a mark between them.",
            ColumnsTokenizer.Config.class,
            ColumnsTokenizer::new);
    components
        .of(SearchConstraint.class)
        .add(
            "shortlist",
            "Restricts the target to frequent tokens and those that a lexicon has for"
                + " the source tokens (after Jean et al. 2015, \"On using very large target"
                + " vocabulary for NMT\").",
            Shortlist.Config.class,
            Shortlist::new);
  }
}
