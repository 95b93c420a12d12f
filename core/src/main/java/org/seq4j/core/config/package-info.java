/**
 * From a config file to records, and back: {@link org.seq4j.core.config.ConfigReader} parses YAML
 * or JSON, applies {@code --set} overrides and binds records, saying everything that is wrong at
 * once with its place; {@link org.seq4j.core.config.ConfigWriter} writes what was bound; {@link
 * org.seq4j.core.config.ConfigDescription} tells a record's keys.
 *
 * <p>Which keys there are is not known here: each record lives with what it configures.
 */
package org.seq4j.core.config;
