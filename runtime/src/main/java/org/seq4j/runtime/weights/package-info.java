/** Files of weights, and weights in smaller numbers. */
package org.seq4j.runtime.weights;
