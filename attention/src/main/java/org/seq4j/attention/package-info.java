/**
 * Attention mechanisms. When and with what a decoder asks them is the decoder's matter and not
 * here.
 */
package org.seq4j.attention;
