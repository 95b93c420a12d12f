/** The section {@code training} of a config file. */
package org.seq4j.trainer.training.config;
