package org.seq4j.cli.debian;

import java.util.Locale;

/** A reason to leave something of an archive out of a corpus. */
enum Reason {
  NO_FIELD("entries without a package, a checksum or a description"),
  SHARED("descriptions that are another package's, too"),
  NO_TEXT("descriptions of a synopsis only"),
  TRANSITIONAL("transitional, dummy, debug, meta and virtual packages"),
  SHORT_TEXT("texts of fewer than 10 words"),
  SHORT_SYNOPSIS("synopses of fewer than 3 words"),
  NO_ENGLISH("translations of descriptions that are not in the archive"),
  OTHER_PARAGRAPHS(
      "translations with another number of paragraphs, of which the synopses are kept"),
  NOT_TRANSLATED("synopses and paragraphs that are empty or equal to the English ones"),
  TOO_LONG("pairs of more than 80 English or 90 translated words"),
  OTHER_LENGTH("pairs in which one text is more than 2.5 times as long as the other"),
  TRAIN_REPEATED("training pairs that occurred before"),
  DEV_IN_TRAINING("dev pairs of which a text is in the training data"),
  DEV_REPEATED("dev pairs whose English text occurs again"),
  TEST_IN_TRAINING("test pairs of which a text is in the training data"),
  TEST_REPEATED("test pairs whose English text occurs again");

  private final String text;

  Reason(String text) {
    this.text = text;
  }

  /** Returns a description in the plural, for users. */
  String text() {
    return text;
  }

  /** Returns the key in the record of a corpus. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
