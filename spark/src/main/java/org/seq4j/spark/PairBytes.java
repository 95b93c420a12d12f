package org.seq4j.spark;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import org.seq4j.core.data.Alignment;
import org.seq4j.core.text.FeatureSequence;
import org.seq4j.core.text.SequenceData;
import org.seq4j.core.text.TokenIds;
import org.seq4j.trainer.data.batch.EncodedPair;

/** Encoded training pairs as bytes: broadcast values are of JDK types alone. */
final class PairBytes {
  private static final int TOKENS = 0;
  private static final int COPIES = 1; // tokens with extended ids
  private static final int VECTORS = 2;
  private static final int SHORT_VECTORS = 3;

  private PairBytes() {}

  static byte[] of(List<EncodedPair> pairs) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(pairs.size());
      for (EncodedPair pair : pairs) {
        write(pair.source(), out);
        write(pair.target(), out);
        out.writeBoolean(pair.alignment().isPresent());
        if (pair.alignment().isPresent()) {
          StringJoiner links = new StringJoiner(" ");
          pair.alignment().get().links().forEach(it -> links.add(it.source() + "-" + it.target()));
          out.writeUTF(links.toString());
        }
      }
    } catch (IOException e) { // cannot happen in memory
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static List<EncodedPair> read(byte[] bytes) {
    return read(bytes, 0);
  }

  /** Reads pairs that begin at a position. */
  static List<EncodedPair> read(byte[] bytes, int from) {
    List<EncodedPair> pairs = new ArrayList<>();
    try (DataInputStream in =
        new DataInputStream(new ByteArrayInputStream(bytes, from, bytes.length - from))) {
      int count = in.readInt();
      for (int i = 0; i < count; i++) {
        SequenceData source = sequence(in);
        SequenceData target = sequence(in);
        pairs.add(
            new EncodedPair(
                source,
                target,
                in.readBoolean() ? Optional.of(Alignment.parse(in.readUTF())) : Optional.empty()));
      }
    } catch (IOException e) { // cannot happen in memory
      throw new UncheckedIOException(e);
    }
    return pairs;
  }

  private static void write(SequenceData sequence, DataOutputStream out) throws IOException {
    if (sequence instanceof TokenIds tokens) {
      boolean copies = tokens.copies() != tokens.ids();
      out.writeByte(copies ? COPIES : TOKENS);
      write(tokens.ids(), out);
      if (copies) {
        write(tokens.copies(), out);
      }
    } else if (sequence instanceof FeatureSequence vectors) {
      out.writeByte(vectors.hasShorts() ? SHORT_VECTORS : VECTORS);
      out.writeInt(vectors.depth());
      out.writeInt(vectors.size());
      for (int i = 0; i < vectors.size(); i++) {
        if (vectors.hasShorts()) {
          out.writeShort((int) vectors.value(i));
        } else {
          out.writeFloat(vectors.value(i));
        }
      }
    }
  }

  private static void write(int[] ids, DataOutputStream out) throws IOException {
    out.writeInt(ids.length);
    for (int id : ids) {
      out.writeInt(id);
    }
  }

  private static SequenceData sequence(DataInputStream in) throws IOException {
    int kind = in.readByte();
    if (kind == VECTORS) {
      int depth = in.readInt();
      float[] values = new float[in.readInt()];
      for (int i = 0; i < values.length; i++) {
        values[i] = in.readFloat();
      }
      return new FeatureSequence(depth, values);
    }
    if (kind == SHORT_VECTORS) {
      int depth = in.readInt();
      short[] values = new short[in.readInt()];
      for (int i = 0; i < values.length; i++) {
        values[i] = in.readShort();
      }
      return new FeatureSequence(depth, values);
    }
    int[] ids = ids(in);
    return kind == COPIES ? new TokenIds(ids, ids(in)) : new TokenIds(ids);
  }

  private static int[] ids(DataInputStream in) throws IOException {
    int[] ids = new int[in.readInt()];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = in.readInt();
    }
    return ids;
  }
}
