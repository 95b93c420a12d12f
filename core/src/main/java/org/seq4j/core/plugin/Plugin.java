package org.seq4j.core.plugin;

/**
 * What a jar adds to Seq4j, found with {@link java.util.ServiceLoader}: the jar lists the class in
 * {@code META-INF/services/org.seq4j.core.plugin.Plugin}.
 *
 * <pre>{@code
 * public final class SyllablesPlugin implements Plugin {
 *   public int apiVersion() { return API_VERSION; }
 *
 *   public void register(Components components) {
 *     components.of(Tokenizer.class)
 *         .add("syllables", "Splits words into syllables.", Syllables.Config.class, Syllables::new);
 *   }
 * }
 * }</pre>
 */
public interface Plugin {

  /**
   * The version of the plugin interface that this core serves. It is a compile-time constant, so a
   * plugin that answers it from {@link #apiVersion()} tells the version it was compiled against.
   */
  int API_VERSION = 1;

  /** Answers {@link #API_VERSION}: {@code return API_VERSION;}. */
  int apiVersion();

  /** Registers every component of the plugin. A plugin of another version is not asked to. */
  void register(Components components);
}
