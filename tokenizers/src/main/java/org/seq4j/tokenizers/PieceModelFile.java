package org.seq4j.tokenizers;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.seq4j.tokenizers.SentencePieceTrainer.Config;
import org.seq4j.tokenizers.SentencePieceTrainer.Scored;

/**
 * Writes SentencePiece models: the message ModelProto of {@code sentencepiece_model.proto}, with
 * the fields needed for using the model.
 */
final class PieceModelFile {
  /** The number of special pieces, which come first: unknown, begin and end. */
  static final int SPECIAL = 3;

  // ModelProto
  private static final int PIECES = 1;
  private static final int TRAINER_SPEC = 2;
  private static final int NORMALIZER_SPEC = 3;

  // SentencePiece
  private static final int PIECE = 1;
  private static final int SCORE = 2;
  private static final int TYPE = 3;
  private static final int NORMAL = 1;
  private static final int UNKNOWN = 2;
  private static final int CONTROL = 3;
  private static final int BYTE = 6;

  // TrainerSpec
  private static final int MODEL_TYPE = 3;
  private static final int VOCAB_SIZE = 4;
  private static final int CHARACTER_COVERAGE = 10;
  private static final int MAX_PIECE_LENGTH = 20;
  private static final int BYTE_FALLBACK = 35;

  // NormalizerSpec
  private static final int NAME = 1;
  private static final int PRECOMPILED_CHARSMAP = 2;
  private static final int ADD_DUMMY_PREFIX = 3;
  private static final int REMOVE_EXTRA_WHITESPACES = 4;
  private static final int ESCAPE_WHITESPACES = 5;

  private PieceModelFile() {}

  /**
   * Writes a model.
   *
   * @param map the map of the normalization; empty for the identity
   */
  static void write(
      List<Scored> pieces, Config config, Optional<CharacterMap> map, OutputStream output)
      throws IOException {
    CodedOutputStream out = CodedOutputStream.newInstance(output);
    piece(out, "<unk>", 0, UNKNOWN);
    piece(out, "<s>", 0, CONTROL);
    piece(out, "</s>", 0, CONTROL);
    for (int i = 0; config.byteFallback() && i < 256; i++) {
      piece(out, String.format(Locale.ROOT, "<0x%02X>", i), 0, BYTE);
    }
    for (Scored piece : pieces) {
      piece(out, piece.text(), (float) piece.score(), NORMAL);
    }
    message(
        out,
        TRAINER_SPEC,
        spec -> {
          spec.writeEnum(MODEL_TYPE, config.model() == Config.Model.UNIGRAM ? 1 : 2);
          spec.writeInt32(VOCAB_SIZE, SPECIAL + (config.byteFallback() ? 256 : 0) + pieces.size());
          spec.writeFloat(CHARACTER_COVERAGE, (float) config.characterCoverage());
          spec.writeInt32(MAX_PIECE_LENGTH, config.longest());
          spec.writeBool(BYTE_FALLBACK, config.byteFallback());
        });
    message(
        out,
        NORMALIZER_SPEC,
        spec -> {
          spec.writeString(NAME, config.normalization().spmName());
          if (map.isPresent()) {
            spec.writeByteArray(PRECOMPILED_CHARSMAP, map.get().compiled());
          }
          spec.writeBool(ADD_DUMMY_PREFIX, true);
          spec.writeBool(REMOVE_EXTRA_WHITESPACES, true);
          spec.writeBool(ESCAPE_WHITESPACES, true);
        });
    out.flush();
  }

  private static void piece(CodedOutputStream out, String text, float score, int type)
      throws IOException {
    message(
        out,
        PIECES,
        piece -> {
          piece.writeString(PIECE, text);
          piece.writeFloat(SCORE, score);
          piece.writeEnum(TYPE, type);
        });
  }

  /** Writes the fields of a message. */
  private interface Fields {
    void write(CodedOutputStream out) throws IOException;
  }

  private static void message(CodedOutputStream out, int field, Fields fields) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream inner = CodedOutputStream.newInstance(bytes);
    fields.write(inner);
    inner.flush();
    out.writeBytes(field, ByteString.copyFrom(bytes.toByteArray()));
  }
}
