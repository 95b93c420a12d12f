/** Vocabularies and their files, and sequences of tokenizers. */
package org.seq4j.runtime.text;
