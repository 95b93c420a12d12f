/** The built-in learning rate schedules. */
package org.seq4j.trainer.schedule;
