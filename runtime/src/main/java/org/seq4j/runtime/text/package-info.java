/** Vocabularies and their files, and the tokenizers of a side in sequence. */
package org.seq4j.runtime.text;
