/** Readers of corpora: built-in formats, compression and locations of errors. */
package org.seq4j.trainer.data.corpus;
