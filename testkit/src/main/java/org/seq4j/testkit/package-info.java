/**
 * Contracts: abstract classes of tests, which the test of a component extends, and fixtures for
 * them. {@link org.seq4j.testkit.PluginContract} is for components of every kind; attention
 * mechanisms, encoders, decoders, objectives, tokenizers and corpus formats have a contract of
 * their own, too.
 */
package org.seq4j.testkit;
