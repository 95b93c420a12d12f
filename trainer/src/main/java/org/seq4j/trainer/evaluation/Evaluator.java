package org.seq4j.trainer.evaluation;

final class Evaluator {}
