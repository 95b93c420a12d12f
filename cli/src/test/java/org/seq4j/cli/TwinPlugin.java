package org.seq4j.cli;

import org.seq4j.core.model.OutputLayer;
import org.seq4j.core.plugin.Components;
import org.seq4j.core.plugin.NoKeys;
import org.seq4j.core.plugin.Plugin;
import org.seq4j.core.search.SearchConstraint;

/** Gives components the names of built-in ones. */
public final class TwinPlugin implements Plugin {
  @Override
  public int apiVersion() {
    return API_VERSION;
  }

  @Override
  public void register(Components components) {
    components.of(OutputLayer.class).add("softmax", "Another.", NoKeys.class, keys -> null);
    components.of(SearchConstraint.class).add("shortlist", "Another.", NoKeys.class, keys -> null);
  }
}
