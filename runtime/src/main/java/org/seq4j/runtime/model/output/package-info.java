/** The output layers that come with Seq4j, and the choice of the best tokens. */
package org.seq4j.runtime.model.output;
