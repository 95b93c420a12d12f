/** What the trainer brings as a plugin; experiments and their parts are in the packages below. */
package org.seq4j.trainer;
