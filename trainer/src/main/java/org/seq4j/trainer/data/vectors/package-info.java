/** Vectors of tokens made elsewhere. */
package org.seq4j.trainer.data.vectors;
