/**
 * Creates the parts of an experiment with Guice. Most programs need not know it: {@code Experiment}
 * asks for the parts. To replace a part, pass {@code Experiment} a module whose bindings replace
 * the default ones:
 *
 * <ul>
 *   <li>listeners of every training: {@code Multibinder.newSetBinder(binder(),
 *       TrainingListener.class)}
 *   <li>formats of corpora by the endings of their files: {@code MapBinder.newMapBinder(binder(),
 *       String.class, CorpusFormat.class)}, with a name used in messages
 *   <li>the clock of logs and provenance: {@code java.time.Clock}
 *   <li>the scoring of answers at validation and evaluation: {@code Evaluator}
 *   <li>the workers of training in rounds: {@code WorkerPools}
 *   <li>the source of examples: {@code Dataset}
 *   <li>the data of new trainings, where they are in no file: {@code DataPreparation}
 * </ul>
 *
 * <p>Components that a config names come from plugins through the registry instead.
 */
package org.seq4j.trainer.wiring;
