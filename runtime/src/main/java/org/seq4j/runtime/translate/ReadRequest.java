package org.seq4j.runtime.translate;

/** A request and its source in the form that the model reads. */
record ReadRequest(TranslationRequest request, ReadSource source) {}
