package org.seq4j.transformer;

/** The sublayers through which a decoder can read the target so far. */
public enum SelfAttentionType {
  /** Attention of several heads to all previous positions (Vaswani et al. 2017, section 3.2). */
  MULTI_HEAD,
  /** A recurrent unit whose state is one vector (Kim et al. 2019). */
  SSRU
}
