/** Many runs over values of keys. */
package org.seq4j.cli.sweep;
