/** The trainer's plugin; experiments and their parts are in the subpackages. */
package org.seq4j.trainer;
