package org.seq4j.trainer.training;

final class TrainingGraph {}
