/** Training and decoding measured side by side with DJL on libtorch; see {@code README.md}. */
package org.seq4j.benchmarks;
