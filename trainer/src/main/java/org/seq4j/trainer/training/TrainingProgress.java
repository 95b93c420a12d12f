package org.seq4j.trainer.training;

import java.time.Duration;
import java.util.Optional;

/**
 * The progress of training.
 *
 * @param step the number of completed steps
 * @param epoch the epoch of the last step, from 1
 * @param loss the loss of the last step, averaged over target tokens, in nats
 * @param tokensPerSecond target tokens per second (end tokens included), over the steps of this
 *     session
 * @param progress the completed share of training, 0 to 1, without regard to early stopping
 * @param timeLeft the estimated remaining time, at this session's throughput so far; empty in the
 *     first steps of a session, which are slower
 */
public record TrainingProgress(
    long step,
    int epoch,
    double loss,
    double tokensPerSecond,
    double progress,
    Optional<Duration> timeLeft) {}
