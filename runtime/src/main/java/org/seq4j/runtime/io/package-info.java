/** Files that are written whole or not at all. */
package org.seq4j.runtime.io;
