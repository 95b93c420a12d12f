/** Options that several verbs share. */
package org.seq4j.cli.option;
