/** Exceptions whose message is for the user; the type says whose fault it is. */
package org.seq4j.runtime.error;
