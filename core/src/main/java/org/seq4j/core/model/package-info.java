/**
 * The interfaces of the components of a model ({@link org.seq4j.core.model.Encoder}, {@link
 * org.seq4j.core.model.Decoder}, {@link org.seq4j.core.model.Cell}, {@link
 * org.seq4j.core.model.AttentionMechanism}, {@link org.seq4j.core.model.OutputLayer}) and their
 * inputs and outputs.
 *
 * <p>A model is assembled in {@code runtime.model}.
 *
 * <p>Letters in shapes:
 *
 * <table>
 * <caption>Axes</caption>
 * <tr><th>letter</th><th>axis</th><th>known when the graph is built</th></tr>
 * <tr><td>B</td><td>sources in a batch</td><td>no</td></tr>
 * <tr><td>S</td><td>positions of the source, padding included</td><td>no</td></tr>
 * <tr><td>T</td><td>positions of the target, or of any sequence</td><td>no</td></tr>
 * <tr><td>K</td><td>hypotheses per source, 1 in training; rows of {@code B·K} are grouped by
 *     source</td><td>no</td></tr>
 * <tr><td>Q</td><td>queries per source: T in training, K in search</td><td>no</td></tr>
 * <tr><td>N</td><td>rows of any kind: B·T in training, B·K in search</td><td>no</td></tr>
 * <tr><td>D, E, U</td><td>the size of a vector, of an embedding, of a layer; D may differ between
 *     tensors</td><td>yes</td></tr>
 * <tr><td>V</td><td>tokens of a vocabulary, special tokens included</td><td>yes</td></tr>
 * </table>
 */
package org.seq4j.core.model;
