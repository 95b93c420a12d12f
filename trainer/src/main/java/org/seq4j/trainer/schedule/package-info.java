/** The learning rate schedules that come with Seq4j. */
package org.seq4j.trainer.schedule;
