package org.seq4j.runtime.weights;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.seq4j.runtime.weights.SafeTensors.NumberType;

/** Converts numbers to the bytes of a file and back. */
final class NumberBytes {
  private NumberBytes() {}

  static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  static byte[] f32(float[] values) {
    byte[] bytes = new byte[Math.multiplyExact(values.length, NumberType.F32.bytes())];
    littleEndian(bytes).asFloatBuffer().put(values);
    return bytes;
  }

  static byte[] bf16(float[] values) {
    byte[] bytes = new byte[Math.multiplyExact(values.length, NumberType.BF16.bytes())];
    ByteBuffer buffer = littleEndian(bytes);
    for (float value : values) {
      buffer.putShort(bf16(value));
    }
    return bytes;
  }

  private static short bf16(float value) {
    int bits = Float.floatToRawIntBits(value);
    if (Float.isNaN(value)) {
      return (short) (bits >>> 16 | 0x40); // a NaN must stay NaN when its lower bits are lost
    }
    return (short) ((bits + 0x7fff + (bits >>> 16 & 1)) >>> 16);
  }

  /** Decodes numbers until the array is full. */
  static void decode(byte[] bytes, NumberType type, float[] values) {
    ByteBuffer buffer = littleEndian(bytes);
    switch (type) {
      case F32 -> buffer.asFloatBuffer().get(values);
      case BF16 -> {
        for (int i = 0; i < values.length; i++) {
          values[i] = Float.intBitsToFloat(buffer.getShort() << 16);
        }
      }
      case I8 -> {
        for (int i = 0; i < values.length; i++) {
          values[i] = bytes[i];
        }
      }
      case F16 -> {
        for (int i = 0; i < values.length; i++) {
          values[i] = half(buffer.getShort());
        }
      }
      case F64 -> {
        for (int i = 0; i < values.length; i++) {
          values[i] = (float) buffer.getDouble();
        }
      }
    }
  }

  private static float half(short bits) {
    int exponent = bits >> 10 & 0x1f;
    int fraction = bits & 0x3ff;
    double size =
        exponent == 0
            ? fraction * 0x1p-24
            : exponent == 31
                ? (fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN)
                : (1 + fraction * 0x1p-10) * Math.pow(2, exponent - 15);
    return (float) (bits < 0 ? -size : size);
  }
}
