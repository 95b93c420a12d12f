/**
 * HTTP server of models with a JSON API: endpoints, typed requests, limits, metrics and a web page.
 *
 * <p>The module cli has the command that starts it.
 */
package org.seq4j.serve;
