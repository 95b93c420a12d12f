/** Exceptions with messages for the user; the type states what is at fault. */
package org.seq4j.runtime.error;
