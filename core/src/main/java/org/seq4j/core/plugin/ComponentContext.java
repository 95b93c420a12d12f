package org.seq4j.core.plugin;

import java.nio.file.Path;

/**
 * What a component may ask of the experiment that makes it.
 *
 * @param directory the folder that relative paths in the configuration start from
 */
public record ComponentContext(Path directory) {}
