/**
 * Models on Apache Spark: stages of a Spark ML pipeline that add a model's answers or scores to
 * each row of a table, and a main class for {@code spark-submit}.
 *
 * <p>A run's files travel to the executors as a broadcast variable. Each executor loads the model
 * once and shares it between its tasks.
 */
package org.seq4j.spark;
