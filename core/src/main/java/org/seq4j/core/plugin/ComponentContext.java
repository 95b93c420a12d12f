package org.seq4j.core.plugin;

import java.nio.file.Path;

/**
 * The environment in which a component is made.
 *
 * @param directory the folder that relative paths in the configuration are resolved against
 */
public record ComponentContext(Path directory) {}
