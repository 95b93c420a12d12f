/**
 * Makes what an experiment consists of, by Guice. Only this package knows Guice beyond {@code
 * jakarta.inject.Inject}; users of the library never meet it.
 */
package org.seq4j.trainer.wiring;
