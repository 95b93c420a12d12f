/** Files of weights, and quantization of weights. */
package org.seq4j.runtime.weights;
