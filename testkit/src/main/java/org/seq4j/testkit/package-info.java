/** A contract for each kind of component, to be extended by tests, and what such tests need. */
package org.seq4j.testkit;
