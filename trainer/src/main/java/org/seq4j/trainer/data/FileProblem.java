package org.seq4j.trainer.data;

import java.nio.file.Path;

/**
 * A file that the configuration names and that cannot be read.
 *
 * @param key the config key below {@code data}: "dev.file", "train.0.source" (a corpus of the list
 *     by its number from 0)
 * @param file the file, resolved
 * @param message what is wrong, without the key
 */
public record FileProblem(String key, Path file, String message) {}
