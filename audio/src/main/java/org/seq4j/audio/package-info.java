/**
 * Sound as the source of a model: a reader of sound files, and an encoder that computes features
 * from samples, so that a model takes samples wherever it runs.
 */
package org.seq4j.audio;
