/** What core itself brings as a plugin; all else is in the packages below. */
package org.seq4j.core;
