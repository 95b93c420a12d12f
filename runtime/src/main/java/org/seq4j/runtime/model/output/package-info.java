/** The built-in output layers, and the selection of the best tokens. */
package org.seq4j.runtime.model.output;
