/** The state, plan and result of training, and its errors. */
package org.seq4j.trainer.training.state;
