/** Loading of plugins from the class path and a folder, and the registry of their components. */
package org.seq4j.runtime.plugin;
