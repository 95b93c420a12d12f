/** What a run writes for people to look at. */
package org.seq4j.trainer.report;
