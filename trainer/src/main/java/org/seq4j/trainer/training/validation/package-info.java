/** Validations during training. */
package org.seq4j.trainer.training.validation;
