/** Contracts for each kind of component, which tests extend, and fixtures for them. */
package org.seq4j.testkit;
