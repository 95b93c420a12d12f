/**
 * Makes what an experiment consists of, by Guice. A program need not know it: {@code Experiment}
 * asks for the parts. One that wants a part to be another gives {@code Experiment} a module, whose
 * bindings take the place of those here:
 *
 * <ul>
 *   <li>listeners of every training: {@code Multibinder.newSetBinder(binder(),
 *       TrainingListener.class)}
 *   <li>formats of corpora by the endings of their files: {@code MapBinder.newMapBinder(binder(),
 *       String.class, CorpusFormat.class)}, with a name for messages
 *   <li>the times in logs and provenance: {@code java.time.Clock}
 *   <li>what scores answers, at validation and evaluation: {@code Evaluator}
 *   <li>where examples come from: {@code Dataset}
 * </ul>
 *
 * <p>What a config names is a component of a plugin, and comes with the registry instead.
 */
package org.seq4j.trainer.wiring;
