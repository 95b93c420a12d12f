package org.seq4j.trainer.training;

import java.time.Duration;

/**
 * How far training is.
 *
 * @param step how many steps have been made
 * @param epoch the epoch that the step was of, from 1
 * @param loss of this step, an average over target tokens, in nats
 * @param tokensPerSecond target tokens (ends included) a second, over the steps of this session
 * @param progress how much of it is done if nothing stops it early, 0 to 1
 * @param timeLeft the estimated time to the end, at the speed of this session so far
 */
public record TrainingProgress(
    long step,
    int epoch,
    double loss,
    double tokensPerSecond,
    double progress,
    Duration timeLeft) {}
