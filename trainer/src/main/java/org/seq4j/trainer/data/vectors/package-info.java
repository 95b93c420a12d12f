/** Pretrained vectors of tokens. */
package org.seq4j.trainer.data.vectors;
