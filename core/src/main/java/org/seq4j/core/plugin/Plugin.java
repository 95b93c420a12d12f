package org.seq4j.core.plugin;

/**
 * The entry point of a jar that adds components to Seq4j. It is found with {@link
 * java.util.ServiceLoader}: the jar names the class in {@code
 * META-INF/services/org.seq4j.core.plugin.Plugin}.
 *
 * <pre>{@code
 * public final class SyllablesPlugin implements Plugin {
 *   public int apiVersion() { return API_VERSION; }
 *
 *   public void register(Components components) {
 *     components.of(Tokenizer.class)
 *         .add(
 *             "syllables",
 *             "Splits words into syllables.",
 *             SyllableTokenizer.Config.class,
 *             SyllableTokenizer::new);
 *   }
 * }
 * }</pre>
 */
public interface Plugin {

  /**
   * The version of this plugin interface. It is a compile-time constant: a plugin that returns it
   * from {@link #apiVersion()} returns the version that it was compiled against.
   */
  int API_VERSION = 1;

  /** Returns the version that the plugin was compiled against: {@code return API_VERSION;}. */
  int apiVersion();

  /** Registers all components of the plugin. Not called for a plugin of another version. */
  void register(Components components);
}
