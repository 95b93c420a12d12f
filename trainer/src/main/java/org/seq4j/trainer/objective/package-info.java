/** What a model reads and minimises in training beside teacher forcing. */
package org.seq4j.trainer.objective;
