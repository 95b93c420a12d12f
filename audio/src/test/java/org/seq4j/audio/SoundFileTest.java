package org.seq4j.audio;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seq4j.audio.SoundFile.SoundFileException;

class SoundFileTest {
  private static final short[] SAMPLES = new short[4000];

  static {
    for (int i = 0; i < SAMPLES.length; i++) {
      SAMPLES[i] = (short) Math.round(8000 * Math.sin(i / 10.0));
    }
  }

  static byte[] wav(int rate, int channels, short... samples) {
    ByteBuffer bytes = ByteBuffer.allocate(2 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asShortBuffer().put(samples);
    AudioFormat format = new AudioFormat(rate, 16, channels, true, false);
    return file(
        new AudioInputStream(
            new ByteArrayInputStream(bytes.array()), format, samples.length / channels),
        AudioFileFormat.Type.WAVE);
  }

  private static byte[] file(AudioInputStream sound, AudioFileFormat.Type type) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try {
      AudioSystem.write(sound, type, file);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return file.toByteArray();
  }

  @Test
  void readsSixteenBitsExactly() throws SoundFileException {
    Waveform read = SoundFile.read(wav(8000, 1, SAMPLES));
    assertThat(read.rate()).isEqualTo(8000);
    assertThat(read.samples()).isEqualTo(SAMPLES);
    assertThat(read.seconds()).isEqualTo(0.5);
  }

  @Test
  void mixesChannels() throws SoundFileException {
    assertThat(SoundFile.read(wav(16_000, 2, (short) 100, (short) 300, (short) -5, (short) 5)))
        .satisfies(read -> assertThat(read.samples()).containsExactly((short) 200, (short) 0));
  }

  @ParameterizedTest
  @CsvSource({
    "WAVE, PCM_UNSIGNED, 8, 260",
    "WAVE, PCM_SIGNED, 24, 1",
    "WAVE, ULAW, 8, 300",
    "WAVE, ALAW, 8, 300",
    "AU, PCM_SIGNED, 16, 0",
    "AIFF, PCM_SIGNED, 16, 0",
  })
  void readsOtherFormats(String file, String encoding, int bits, int tolerance)
      throws SoundFileException {
    boolean bigEndian = !file.equals("WAVE");
    int bytes = bits / 8;
    AudioFormat format =
        new AudioFormat(new AudioFormat.Encoding(encoding), 8000, bits, 1, bytes, 8000, bigEndian);
    AudioFormat plain = new AudioFormat(8000, 16, 1, true, bigEndian);
    ByteBuffer pcm =
        ByteBuffer.allocate(2 * SAMPLES.length)
            .order(bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    pcm.asShortBuffer().put(SAMPLES);
    AudioInputStream sound =
        new AudioInputStream(new ByteArrayInputStream(pcm.array()), plain, SAMPLES.length);
    AudioFileFormat.Type type =
        Arrays.stream(AudioSystem.getAudioFileTypes())
            .filter(candidate -> candidate.toString().equals(file))
            .findFirst()
            .orElseThrow();
    Waveform read =
        SoundFile.read(
            file(
                format.matches(plain) ? sound : AudioSystem.getAudioInputStream(format, sound),
                type));
    assertThat(read.samples()).hasSameSizeAs(SAMPLES);
    for (int i = 0; i < SAMPLES.length; i++) {
      assertThat((int) read.samples()[i]).isCloseTo(SAMPLES[i], within(tolerance));
    }
  }

  @Test
  void saysWhatIsNoSound() {
    assertThatThrownBy(() -> SoundFile.read("\211PNG\r\n\032\n and more".getBytes(ISO_8859_1)))
        .hasMessage(
            "not a sound file that Seq4j reads (it begins with the bytes 89 50 4e 47): expected WAV,"
                + " AU or AIFF; ffmpeg -i FILE -ac 1 sound.wav converts most others");
    assertThatThrownBy(() -> SoundFile.read("ID3 of MP3".getBytes(ISO_8859_1)))
        .hasMessageContaining("(it begins with");
    assertThatThrownBy(() -> SoundFile.read(new byte[0])).hasMessage("the file is empty");
    assertThatThrownBy(() -> SoundFile.read(new byte[] {'R'}))
        .hasMessageStartingWith("not a sound file that Seq4j reads (it begins with 'R')");
  }

  @Test
  void saysThatAFileIsTruncated() {
    byte[] whole = wav(8000, 1, SAMPLES);
    assertThatThrownBy(() -> SoundFile.read(Arrays.copyOf(whole, whole.length / 2)))
        .hasMessage("the file is truncated: it ends after 0.25 of 0.50 seconds");
    assertThatThrownBy(() -> SoundFile.read(Arrays.copyOf(whole, 20)))
        .isInstanceOf(SoundFileException.class);
  }

  /** Programs that write to a pipe do not know the length when they write the header. */
  @ParameterizedTest
  @CsvSource({"-1", "2147483647", "2147483583"})
  void readsToTheEndIfTheHeaderHasNoLength(int length) throws SoundFileException {
    byte[] file = wav(8000, 1, SAMPLES);
    ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(40, length);
    assertThat(SoundFile.read(file).samples()).isEqualTo(SAMPLES);
  }
}
