/** Minimum-risk training. */
package org.seq4j.trainer.training.risk;
