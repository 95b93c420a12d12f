package org.seq4j.runtime;

import org.seq4j.core.model.OutputLayer;
import org.seq4j.core.plugin.Components;
import org.seq4j.core.plugin.NoKeys;
import org.seq4j.core.plugin.Plugin;
import org.seq4j.core.search.SearchConstraint;
import org.seq4j.runtime.model.output.LinearOutput;
import org.seq4j.runtime.model.output.PointerGeneratorOutput;
import org.seq4j.runtime.model.output.SoftmaxOutput;
import org.seq4j.runtime.search.Shortlist;

/** The components that every model can have without another module. */
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
            "A linear map to the vocabulary and a softmax; the map can be the "
                + "target embedding (Press and Wolf 2017).",
            NoKeys.class,
            keys -> new SoftmaxOutput())
        .add(
            "pointer-generator",
            "A softmax, mixed with copying the tokens that attention looks at, which the vocabulary "
                + "need not know (See et al. 2017). Needs a decoder with attention and an encoder that keeps "
                + "every position.",
            NoKeys.class,
            keys -> new PointerGeneratorOutput())
        .add(
            "linear",
            "A linear map to the vectors of the target.",
            NoKeys.class,
            keys -> new LinearOutput());
    components
        .of(SearchConstraint.class)
        .add(
            "shortlist",
            "Only the target tokens that a lexicon has for the tokens of the source, and frequent "
                + "ones (after Jean et al. 2015, \"On using very large target vocabulary for NMT\").",
            Shortlist.Config.class,
            Shortlist::new);
  }
}
