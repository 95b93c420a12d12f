/** What the data of an experiment are, and looking into them. */
package org.seq4j.trainer.data;
