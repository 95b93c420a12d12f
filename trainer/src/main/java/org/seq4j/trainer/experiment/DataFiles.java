package org.seq4j.trainer.experiment;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.seq4j.runtime.io.AtomicFiles;
import org.seq4j.runtime.model.ModelConfig;
import org.seq4j.trainer.data.DataConfig;
import org.seq4j.trainer.data.Dataset;
import org.seq4j.trainer.data.corpus.CorpusConfig;
import org.seq4j.trainer.data.corpus.DataException;
import org.seq4j.trainer.report.Provenance.DataFile;

/**
 * The data files of an experiment, with their sizes and checksums.
 *
 * @param files the files without duplicates, in the order of the config
 */
record DataFiles(List<DataFile> files) {

  private static final long WHOLE = 256L << 20;
  private static final int PIECES = 64;
  private static final int PIECE = 1 << 18;

  /**
   * Reads all data files of an experiment.
   *
   * @param config the config, with absolute paths
   * @param dataset the dataset of the config
   * @throws DataException if one cannot be read
   */
  static DataFiles of(ExperimentConfig config, Dataset dataset) {
    DataConfig data = config.data();
    List<CorpusConfig> corpora = new ArrayList<>(data.train());
    data.dev().ifPresent(corpora::add);
    data.test().ifPresent(corpora::add);
    ModelConfig.EmbeddingConfig embedding = config.model().embedding();
    Stream<Path> vectors =
        Stream.of(embedding.source(), embedding.target())
            .flatMap(side -> side.vectors().stream())
            .map(ModelConfig.Vectors::file);
    return new DataFiles(
        Stream.concat(corpora.stream().map(dataset::files).flatMap(List::stream), vectors)
            .distinct()
            .map(DataFiles::read)
            .toList());
  }

  private static DataFile read(Path file) {
    try {
      long size = Files.size(file);
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      if (size <= WHOLE) {
        digestWhole(file, digest);
      } else {
        digestPieces(file, size, digest);
      }
      return new DataFile(file.toString(), size, HexFormat.of().formatHex(digest.digest()));
    } catch (IOException e) {
      throw new DataException(AtomicFiles.unreadable(file, e), e);
    } catch (NoSuchAlgorithmException e) { // every JDK has SHA-256
      throw new IllegalStateException(e);
    }
  }

  private static void digestWhole(Path file, MessageDigest digest) throws IOException {
    try (InputStream in = Files.newInputStream(file);
        DigestInputStream all = new DigestInputStream(in, digest)) {
      all.transferTo(OutputStream.nullOutputStream());
    }
  }

  /** Digests evenly spaced pieces: reading all of a very large file would delay training. */
  private static void digestPieces(Path file, long size, MessageDigest digest) throws IOException {
    digest.update(Long.toString(size).getBytes(StandardCharsets.US_ASCII));
    try (FileChannel channel = FileChannel.open(file)) {
      ByteBuffer piece = ByteBuffer.allocate(PIECE);
      for (int i = 0; i < PIECES; i++) {
        piece.clear();
        channel.read(piece, (size - PIECE) / (PIECES - 1) * i);
        piece.flip();
        digest.update(piece);
      }
    }
  }
}
