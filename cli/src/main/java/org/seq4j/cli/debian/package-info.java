/**
 * Corpora made from a Debian archive: its package descriptions and their translations. The
 * archive's files are in a folder, such as the lists of apt, or fetched from a mirror. {@link
 * org.seq4j.cli.debian.DebianCorpus} is the entry; what belongs to one set of pairs only is in
 * {@code Summaries} and {@code Translations}.
 */
package org.seq4j.cli.debian;
