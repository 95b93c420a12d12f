/**
 * Transcription of sounds: {@link org.seq4j.runtime.transcribe.Transcriber} divides long sounds at
 * pauses, has their parts translated, and finds the times of words.
 */
package org.seq4j.runtime.transcribe;
