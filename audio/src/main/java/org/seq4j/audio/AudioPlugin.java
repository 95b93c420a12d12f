package org.seq4j.audio;

import org.seq4j.core.data.VectorsValue;
import org.seq4j.core.model.Encoder;
import org.seq4j.core.plugin.Components;
import org.seq4j.core.plugin.Plugin;

/** The components for sound. */
public final class AudioPlugin implements Plugin {

  @Override
  public int apiVersion() {
    return API_VERSION;
  }

  @Override
  public void register(Components components) {
    components
        .of(Encoder.class)
        .add(
            "log-mel",
            "Computes log-mel features from samples (as Kaldi does), and gives them to another"
                + " encoder; with SpecAugment (Park et al. 2019) in training.",
            LogMelEncoder.Config.class,
            LogMelEncoder::new);
    components
        .of(VectorsValue.Reader.class)
        .add(
            "sound",
            "Reads WAV, AU and AIFF at any rate, with any number of channels, as samples in blocks of 5"
                + " ms; for the encoder log-mel.",
            SoundReader.Config.class,
            SoundReader::new);
  }
}
