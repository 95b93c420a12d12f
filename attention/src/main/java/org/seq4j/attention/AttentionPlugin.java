package org.seq4j.attention;

import org.seq4j.core.model.AttentionMechanism;
import org.seq4j.core.plugin.Components;
import org.seq4j.core.plugin.NoKeys;
import org.seq4j.core.plugin.Plugin;

/** The attention mechanisms of this module. */
public final class AttentionPlugin implements Plugin {

  @Override
  public int apiVersion() {
    return API_VERSION;
  }

  @Override
  public void register(Components components) {
    components
        .of(AttentionMechanism.class)
        .add(
            "bahdanau",
            "Additive attention: a small layer compares the query with each position"
                + " (Bahdanau et al. 2015, section 3.1 and appendix A.1.2). Queries are"
                + " independent.",
            BahdanauAttention.Config.class,
            BahdanauAttention::new)
        .add(
            "luong",
            "Multiplicative attention over all positions (Luong et al. 2015, section"
                + " 3.1). Queries are independent.",
            LuongAttention.Config.class,
            LuongAttention::new)
        .add(
            "local-m",
            "Attention to a window that moves by one position per step (Luong et al."
                + " 2015, section 3.2, local-m). A query depends on its position in the"
                + " target, but on no state.",
            LocalConfig.class,
            LocalMAttention::new)
        .add(
            "local-p",
            "Attention to a window around a predicted position, with higher weights near"
                + " its middle (Luong et al. 2015, section 3.2, local-p). Queries are"
                + " independent.",
            LocalConfig.class,
            LocalPAttention::new)
        .add(
            "monotonic",
            "Monotonic attention, which only moves forward: training computes the"
                + " expected weights, inference searches for the next position from the"
                + " previous one (Raffel et al. 2017). A query depends on the weights of the"
                + " previous one.",
            MonotonicAttention.Config.class,
            MonotonicAttention::new)
        .add(
            "location-aware",
            "Additive attention with features of the previous weights, computed by a"
                + " convolution (Chorowski et al. 2015, section 2.2). A query depends on the"
                + " weights of the previous one.",
            LocationAwareAttention.Config.class,
            LocationAwareAttention::new)
        .add(
            "coverage",
            "Additive attention with coverage: the score also depends on the total"
                + " attention that a position has received so far (Tu et al. 2016; See et al."
                + " 2017). A query depends on the sum of all previous weights.",
            CoverageAttention.Config.class,
            CoverageAttention::new)
        .add(
            "multi-head",
            "Several scaled dot products in parallel (Vaswani et al. 2017, section 3.2)."
                + " Queries are independent.",
            MultiHeadAttention.Config.class,
            MultiHeadAttention::new)
        .add(
            "none",
            "No attention: the same decoder as without the key attention.",
            NoKeys.class,
            keys -> new NoAttention());
  }
}
