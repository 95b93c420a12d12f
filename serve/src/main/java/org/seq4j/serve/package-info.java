/**
 * Models over HTTP and JSON: one class an endpoint, typed requests, limits, figures, a page.
 *
 * <p>The command that starts it is in cli.
 */
package org.seq4j.serve;
