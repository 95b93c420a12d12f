/** Finding plugins, on the class path and in a folder, and the registry of their components. */
package org.seq4j.runtime.plugin;
