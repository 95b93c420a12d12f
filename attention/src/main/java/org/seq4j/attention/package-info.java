/** Attention mechanisms. A decoder decides when it queries them, and with which queries. */
package org.seq4j.attention;
