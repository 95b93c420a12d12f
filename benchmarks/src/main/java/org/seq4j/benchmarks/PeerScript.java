package org.seq4j.benchmarks;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.seq4j.core.text.Vocabulary;
import org.seq4j.runtime.weights.SafeTensors;

/** The model as TorchScript: the loop, its gradients and Adam are all libtorch's own. */
final class PeerScript implements PeerModel {
  private final PtNDManager manager;
  private final PtSymbolBlock block;

  @SuppressWarnings({"unused", "FieldCanBeLocal"}) // once it is garbage, the block is freed
  private final Model model;

  PeerScript(NDManager manager, Path script, List<SafeTensors.Array> weights) throws Exception {
    this.manager = (PtNDManager) manager;
    model = Model.newInstance("peer", "PyTorch");
    model.load(
        script.getParent(),
        script.getFileName().toString(),
        Map.of("trainParam", "true", "mapLocation", "true"));
    block = (PtSymbolBlock) model.getBlock();
    for (int i = 0; i < weights.size(); i++) {
      SafeTensors.Array array = weights.get(i);
      try (NDArray values = manager.create(array.values(), new Shape(array.shape()));
          IValue index = IValue.from((long) i);
          IValue value = IValue.from((PtNDArray) values)) {
        IValueUtils.runMethod(block, "assign", index, value).close();
      }
    }
    JniUtils.setGradMode(true);
  }

  @Override
  public double step(PeerBatch batch) {
    // runMethod would turn gradients off
    try (NDList loss =
        IValueUtils.forward(
            block, new NDList(batch.ids(), batch.lengths(), batch.given(), batch.wanted()), true)) {
      return loss.head().getFloat();
    }
  }

  @Override
  public float[] decode(PeerBatch batch, int steps, int beam) {
    try (IValue ids = IValue.from((PtNDArray) batch.ids());
        IValue lengths = IValue.from((PtNDArray) batch.lengths());
        IValue length = IValue.from((long) steps);
        IValue begin = IValue.from((long) Vocabulary.BEGIN);
        IValue size = IValue.from((long) beam);
        IValue found = IValueUtils.runMethod(block, "beam", ids, lengths, length, begin, size);
        NDList tensors = found.toNDList(manager)) {
      float[] all = tensors.get(1).toFloatArray(); // [B, K]
      float[] best = new float[all.length / beam];
      for (int i = 0; i < best.length; i++) {
        best[i] = all[i * beam];
      }
      return best;
    }
  }
}
