package org.seq4j.benchmarks;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.initializer.Initializer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Adam;
import ai.djl.training.tracker.Tracker;
import ai.djl.util.Pair;
import java.util.List;
import org.seq4j.runtime.weights.SafeTensors;

/** The model as a Java user of DJL writes it: its blocks, its trainer, its Adam. */
final class PeerBlocks implements PeerModel {
  private final Loss crossEntropy = Loss.softmaxCrossEntropyLoss();
  private final Trainer trainer;
  private final int vocabulary;

  PeerBlocks(Workload workload, boolean inputFeeding, Weights weights) {
    vocabulary = workload.vocabulary;
    Model model = Model.newInstance("blocks", "PyTorch");
    PeerBlock block = new PeerBlock(workload, inputFeeding);
    model.setBlock(block);
    trainer =
        model.newTrainer(
            new DefaultTrainingConfig(crossEntropy)
                .optOptimizer(Adam.builder().optLearningRateTracker(Tracker.fixed(0.001f)).build())
                .optDevices(new Device[] {Device.cpu()})
                .optInitializer(Initializer.ZEROS, parameter -> true));
    Shape ids = new Shape(workload.batch, workload.longest);
    trainer.initialize(ids, ids);
    assign(block.getParameters().values(), weights.ofBlocks(inputFeeding));
    // An LSTM of libtorch has two biases, of which the second stays zero: both would be fitted at
    // twice the rate.
    for (Pair<String, Parameter> parameter : block.getParameters()) {
      if (parameter.getKey().contains("h2h")
          && parameter.getValue().getType() == Parameter.Type.BIAS) {
        parameter.getValue().freeze(true);
      }
    }
  }

  private static void assign(List<Parameter> parameters, List<SafeTensors.Array> weights) {
    JniUtils.setGradMode(false);
    for (int i = 0; i < parameters.size(); i++) {
      NDArray array = parameters.get(i).getArray();
      Shape shape = new Shape(weights.get(i).shape());
      if (!array.getShape().equals(shape)) {
        throw new IllegalStateException(
            "%s is %s, not %s".formatted(parameters.get(i).getName(), array.getShape(), shape));
      }
      array.set(weights.get(i).values());
    }
    JniUtils.setGradMode(true);
  }

  @Override
  public double step(PeerBatch batch) {
    double loss;
    try (NDManager own = trainer.getManager().newSubManager()) {
      NDArray ids = batch.ids().duplicate();
      NDArray given = batch.given().duplicate();
      NDArray wanted = batch.wanted().duplicate();
      ids.attach(own);
      given.attach(own);
      wanted.attach(own);
      try (GradientCollector gradients = trainer.newGradientCollector()) {
        NDArray scores = trainer.forward(new NDList(ids, given)).head().reshape(-1, vocabulary);
        NDArray value = crossEntropy.evaluate(new NDList(wanted.reshape(-1)), new NDList(scores));
        gradients.backward(value);
        loss = value.getFloat();
      }
      trainer.step();
    }
    return loss;
  }

  @Override
  public float[] decode(PeerBatch batch, int steps, int beam) {
    throw new UnsupportedOperationException("DJL has no search for such a block");
  }
}
