package org.seq4j.trainer.data;

import java.nio.file.Path;

/**
 * A file that the configuration names and that cannot be read.
 *
 * @param path of the key, "data.train[0].source"
 * @param file the file, resolved
 * @param message what is wrong, without the path of the key
 */
public record FileProblem(String path, Path file, String message) {}
