/**
 * What models are built with: a graph that owns its variables and its session ({@link
 * org.seq4j.core.graph.ModelGraph}), the place in it where a component adds its ops and asks for
 * parameters ({@link org.seq4j.core.graph.Scope}), tensors by name, and the loops that it can add
 * ({@link org.seq4j.core.graph.Loop}). All that works around TensorFlow Java is here, and nowhere
 * else.
 *
 * <p>Nothing here knows of symbols, encoders or decoders: those are in {@code model}. Reading and
 * writing files of weights is in {@code run}, and rules for updating parameters in {@code
 * training}.
 */
package org.seq4j.core.graph;
