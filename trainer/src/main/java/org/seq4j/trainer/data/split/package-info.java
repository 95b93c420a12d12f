/** Which examples train, validate and test, and which are left out. */
package org.seq4j.trainer.data.split;
