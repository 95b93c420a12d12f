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
            "Additive attention: a small layer compares the query with each "
                + "position (Bahdanau et al. 2015, section 3.1 and appendix A.1.2). A "
                + "query needs nothing of the one before.",
            BahdanauAttention.Config.class,
            BahdanauAttention::new)
        .add(
            "luong",
            "Multiplicative attention over all positions (Luong et al. 2015, "
                + "section 3.1). A query needs nothing of the one before.",
            LuongAttention.Config.class,
            LuongAttention::new)
        .add(
            "local-m",
            "Attention to a window that moves one position a step (Luong et al. "
                + "2015, section 3.2, local-m). A query needs its position in the target,"
                + " but no state.",
            LocalConfig.class,
            LocalMAttention::new)
        .add(
            "local-p",
            "Attention to a window around a predicted position, the nearer the more"
                + " (Luong et al. 2015, section 3.2, local-p). A query needs nothing of "
                + "the one before.",
            LocalConfig.class,
            LocalPAttention::new)
        .add(
            "monotonic",
            "Attention that only moves forward: by expectation in training, at "
                + "inference to one position found by reading on from the last (Raffel et"
                + " al. 2017). A query needs where the one before looked.",
            MonotonicAttention.Config.class,
            MonotonicAttention::new)
        .add(
            "location-aware",
            "Additive attention that also sees where it looked before, through a "
                + "convolution (Chorowski et al. 2015, section 2.2). A query needs the "
                + "weights of the one before.",
            LocationAwareAttention.Config.class,
            LocationAwareAttention::new)
        .add(
            "coverage",
            "Additive attention that also sees how much each position has been "
                + "looked at so far (Tu et al. 2016; See et al. 2017). A query needs the "
                + "sum of all weights before.",
            CoverageAttention.Config.class,
            CoverageAttention::new)
        .add(
            "multi-head",
            "Several scaled dot products side by side (Vaswani et al. 2017, section"
                + " 3.2). A query needs nothing of the one before.",
            MultiHeadAttention.Config.class,
            MultiHeadAttention::new)
        .add(
            "none",
            "Looks nowhere: the decoder is the one it is without the key attention.",
            NoKeys.class,
            keys -> new NoAttention());
  }
}
