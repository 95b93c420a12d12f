/** Exceptions for users: they say whose fault something is, and what to do about it. */
package org.seq4j.core.error;
