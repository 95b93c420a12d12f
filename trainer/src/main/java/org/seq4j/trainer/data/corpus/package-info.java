/** Reading corpora: the built-in formats, compression, places of what is wrong. */
package org.seq4j.trainer.data.corpus;
