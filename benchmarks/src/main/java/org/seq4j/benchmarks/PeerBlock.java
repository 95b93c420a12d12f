package org.seq4j.benchmarks;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.nn.core.Embedding;
import ai.djl.nn.core.Linear;
import ai.djl.nn.recurrent.LSTM;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;

/**
 * An LSTM encoder and an LSTM decoder with Luong's general attention, for sources of one length.
 */
final class PeerBlock extends AbstractBlock {
  private final Workload workload;
  private final boolean inputFeeding;
  private final Parameter source;
  private final Parameter target;
  private final LSTM encoder;
  private final LSTM decoder;
  private final Linear key;
  private final Linear attentional;
  private final Linear output;

  PeerBlock(Workload workload, boolean inputFeeding) {
    super((byte) 1);
    this.workload = workload;
    this.inputFeeding = inputFeeding;
    source = table("source");
    target = table("target");
    encoder = addChildBlock("encoder", lstm());
    decoder = addChildBlock("decoder", lstm());
    key = addChildBlock("key", linear(workload.units, false));
    attentional = addChildBlock("attentional", linear(workload.units, false));
    output = addChildBlock("output", linear(workload.vocabulary, true));
  }

  private Parameter table(String name) {
    return addParameter(
        Parameter.builder()
            .setName(name)
            .setType(Parameter.Type.WEIGHT)
            .optShape(new Shape(workload.vocabulary, workload.embedding))
            .build());
  }

  private LSTM lstm() {
    return LSTM.builder()
        .setNumLayers(1)
        .setStateSize(workload.units)
        .optBatchFirst(true)
        .optReturnState(true)
        .build();
  }

  private static Linear linear(int units, boolean bias) {
    return Linear.builder().setUnits(units).optBias(bias).build();
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> options) {
    Device device = inputs.head().getDevice();
    NDArray x = embed(inputs.get(0), store.getValue(source, device, training));
    NDArray y = embed(inputs.get(1), store.getValue(target, device, training));
    NDList encoded = encoder.forward(store, new NDList(x), training);
    NDArray memory = encoded.get(0); // [B, S, U]
    NDArray keys = // [B, U, S]
        key.forward(store, new NDList(memory), training).head().transpose(0, 2, 1);
    NDList state = new NDList(encoded.get(1), encoded.get(2)); // [1, B, U] each
    if (!inputFeeding) {
      NDArray hidden = decoder.forward(store, new NDList(y).addAll(state), training).get(0);
      return output.forward(
          store, new NDList(attend(store, hidden, keys, memory, training)), training);
    }
    NDArray fed =
        memory.getManager().zeros(new Shape(x.getShape().get(0), 1, workload.units)); // [B, 1, U]
    NDList all = new NDList();
    for (int t = 0; t < y.getShape().get(1); t++) {
      NDArray input = y.get(new NDIndex(":,{}:{}", t, t + 1)).concat(fed, 2);
      NDList next = decoder.forward(store, new NDList(input).addAll(state), training);
      state = new NDList(next.get(1), next.get(2));
      fed = attend(store, next.get(0), keys, memory, training);
      all.add(fed);
    }
    return output.forward(store, new NDList(NDArrays.concat(all, 1)), training);
  }

  private static NDArray embed(NDArray ids, NDArray table) {
    return Embedding.embedding(ids, table, SparseFormat.DENSE).head();
  }

  private NDArray attend(
      ParameterStore store, NDArray hidden, NDArray keys, NDArray memory, boolean training) {
    NDArray context = hidden.batchMatMul(keys).softmax(2).batchMatMul(memory);
    return attentional
        .forward(store, new NDList(context.concat(hidden, 2)), training)
        .head()
        .tanh();
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... shapes) {
    long rows = shapes[0].get(0);
    long units = workload.units;
    long inputs = workload.embedding + (inputFeeding ? units : 0);
    encoder.initialize(manager, type, new Shape(rows, shapes[0].get(1), workload.embedding));
    decoder.initialize(manager, type, new Shape(rows, 1, inputs));
    key.initialize(manager, type, new Shape(rows, shapes[0].get(1), units));
    attentional.initialize(manager, type, new Shape(rows, 1, 2 * units));
    output.initialize(manager, type, new Shape(rows, 1, units));
  }

  @Override
  public Shape[] getOutputShapes(Shape[] shapes) {
    return new Shape[] {new Shape(shapes[1].get(0), shapes[1].get(1), workload.vocabulary)};
  }
}
