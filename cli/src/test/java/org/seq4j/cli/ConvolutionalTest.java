package org.seq4j.cli;

/** The convolutional decoder, with the encoder of its paper. */
final class ConvolutionalTest extends LayerFamilyContract {

  @Override
  String encoder() {
    return "{type: convolutional, units: 32, layers: 2, positions: 20}";
  }

  @Override
  String decoder() {
    return "{type: convolutional, units: 32, layers: 2, positions: 20}";
  }
}
