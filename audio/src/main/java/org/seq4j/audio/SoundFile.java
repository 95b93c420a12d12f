package org.seq4j.audio;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;

/**
 * Reads the bytes of a sound file. The formats are those of {@code javax.sound.sampled}: WAV, AU
 * and AIFF, and those of the service providers on the class path. Channels are mixed to one.
 */
final class SoundFile {
  private static final int MAX_CHANNELS = 32;

  /** A lower rate would be no speech, and a small file would become a huge one at a usual rate. */
  private static final int MIN_RATE = 1000;

  private static final int MAX_RATE = 768_000;

  /** A length that programs write into a header if they do not know it, and any above it. */
  private static final long UNKNOWN_BYTES = 0x7fff_0000L;

  private SoundFile() {}

  /** Reports bytes that are not a complete sound file; the message lacks the name of the file. */
  static final class SoundFileException extends Exception {
    private static final long serialVersionUID = 1L;

    private SoundFileException(String message) {
      super(message);
    }

    private SoundFileException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * Reads a sound.
   *
   * @throws SoundFileException if the bytes are of no known format, or end too early
   */
  static Waveform read(byte[] bytes) throws SoundFileException {
    if (bytes.length == 0) {
      throw new SoundFileException("the file is empty");
    }
    try (AudioInputStream in = AudioSystem.getAudioInputStream(new ByteArrayInputStream(bytes))) {
      return read(in);
    } catch (UnsupportedAudioFileException | IllegalArgumentException e) {
      throw new SoundFileException(
          "not a sound file that Seq4j reads ("
              + begin(bytes)
              + "): expected WAV, AU or AIFF; ffmpeg -i FILE -ac 1 sound.wav"
              + " converts most others",
          e);
    } catch (IOException e) {
      throw new SoundFileException("the sound cannot be decoded: " + e.getMessage(), e);
    }
  }

  private static Waveform read(AudioInputStream in) throws IOException, SoundFileException {
    AudioFormat format = in.getFormat();
    int channels = format.getChannels();
    float rate = format.getSampleRate();
    if (channels < 1
        || channels > MAX_CHANNELS
        || rate != (int) rate
        || rate < MIN_RATE
        || rate > MAX_RATE) {
      throw new SoundFileException(
          String.format(
              Locale.ROOT,
              "expected 1 to %d channels and a whole number of samples per second from %d to %d, got"
                  + " %d and %s",
              MAX_CHANNELS,
              MIN_RATE,
              MAX_RATE,
              channels,
              rate));
    }
    AudioFormat wanted =
        new AudioFormat(
            AudioFormat.Encoding.PCM_SIGNED, rate, Short.SIZE, channels, 2 * channels, rate, false);
    byte[] pcm = pcm(in, wanted);
    long promised = in.getFrameLength();
    long found = pcm.length / (2L * channels);
    boolean known = promised > 0 && promised * Math.max(1, format.getFrameSize()) < UNKNOWN_BYTES;
    if (known && found < promised) {
      throw new SoundFileException(
          String.format(
              Locale.ROOT,
              "the file is truncated: it ends after %.2f of %.2f seconds",
              found / rate,
              promised / rate));
    }
    return new Waveform(mixed(pcm, channels), (int) rate);
  }

  private static byte[] pcm(AudioInputStream in, AudioFormat wanted) throws IOException {
    if (in.getFormat().matches(wanted)) {
      return in.readAllBytes();
    }
    try (AudioInputStream converted = AudioSystem.getAudioInputStream(wanted, in)) {
      return converted.readAllBytes();
    }
  }

  /** Returns the bytes of a WAV file with samples of 16 bits. */
  static byte[] write(Waveform sound) {
    ByteBuffer samples =
        ByteBuffer.allocate(Short.BYTES * sound.samples().length).order(ByteOrder.LITTLE_ENDIAN);
    samples.asShortBuffer().put(sound.samples());
    AudioFormat format = new AudioFormat(sound.rate(), Short.SIZE, 1, true, false);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (AudioInputStream in =
        new AudioInputStream(
            new ByteArrayInputStream(samples.array()), format, sound.samples().length)) {
      AudioSystem.write(in, AudioFileFormat.Type.WAVE, file);
    } catch (IOException e) { // cannot happen in memory
      throw new UncheckedIOException(e);
    }
    return file.toByteArray();
  }

  /** The mean of all channels. */
  private static short[] mixed(byte[] pcm, int channels) {
    ShortBuffer all = ByteBuffer.wrap(pcm).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
    short[] samples = new short[all.remaining() / channels];
    for (int i = 0; i < samples.length; i++) {
      int sum = 0;
      for (int channel = 0; channel < channels; channel++) {
        sum += all.get(i * channels + channel);
      }
      samples[i] = (short) Math.round(sum / (float) channels);
    }
    return samples;
  }

  /** Describes the first bytes, which tell most formats. */
  private static String begin(byte[] bytes) {
    int count = Math.min(4, bytes.length);
    String text = new String(bytes, 0, count, StandardCharsets.ISO_8859_1);
    StringBuilder hex = new StringBuilder();
    for (int i = 0; i < count; i++) {
      hex.append(String.format(Locale.ROOT, i == 0 ? "%02x" : " %02x", bytes[i] & 0xff));
    }
    boolean readable = text.chars().allMatch(c -> c > ' ' && c < 0x7f);
    return readable ? "it begins with '" + text + "'" : "it begins with the bytes " + hex;
  }
}
