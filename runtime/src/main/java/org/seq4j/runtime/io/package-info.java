/** Atomic writing of files. */
package org.seq4j.runtime.io;
