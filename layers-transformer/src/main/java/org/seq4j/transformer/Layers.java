package org.seq4j.transformer;

import org.seq4j.core.graph.Scope;

/** The names of layers in scopes and states. */
final class Layers {
  private Layers() {}

  static final String SELF = "self_attention";
  static final String SOURCE = "source_attention";
  static final String FEED_FORWARD = "feed_forward";

  /** Returns the name of the n-th layer in states. */
  static String name(int n) {
    return "layer." + n;
  }

  /** Returns the scope of the parameters of the n-th layer. */
  static Scope scope(Scope scope, int n) {
    return scope.child("layer").child(Integer.toString(n));
  }
}
