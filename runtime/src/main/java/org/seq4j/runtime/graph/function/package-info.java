/** Functions with a custom gradient, and operations on graphs that TensorFlow Java lacks. */
package org.seq4j.runtime.graph.function;
