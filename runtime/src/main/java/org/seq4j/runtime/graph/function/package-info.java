/** Functions with a gradient of their own, and what TensorFlow Java has no method for. */
package org.seq4j.runtime.graph.function;
