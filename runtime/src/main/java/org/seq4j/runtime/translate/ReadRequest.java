package org.seq4j.runtime.translate;

/** A request whose source is read. */
record ReadRequest(TranslationRequest request, ReadSource source) {}
