/**
 * The folder of a run and what can be done with it: its files, how they are written so that none is
 * ever half there, and translating with the model in it. Training, which fills the folder, is not
 * here.
 */
package org.seq4j.core.run;
