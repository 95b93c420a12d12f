/**
 * Data sets of speech, made of recordings that the user has fetched: lists of sound files and their
 * words. The recordings have licenses of their own, so that they are no part of Seq4j.
 */
package org.seq4j.cli.speech;
