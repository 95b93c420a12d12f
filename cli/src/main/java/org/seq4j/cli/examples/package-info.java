/**
 * Data sets of the examples. Each {@link org.seq4j.cli.examples.ExampleData} writes {@code
 * train.tsv}, {@code dev.tsv} and {@code test.tsv}, with the same bytes each time. The config files
 * are in the folder {@code examples} of the project.
 */
package org.seq4j.cli.examples;
