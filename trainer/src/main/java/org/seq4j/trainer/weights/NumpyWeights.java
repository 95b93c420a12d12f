package org.seq4j.trainer.weights;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.seq4j.runtime.io.AtomicFiles;
import org.seq4j.runtime.weights.SafeTensors;
import org.seq4j.trainer.data.corpus.DataException;
import org.seq4j.trainer.data.corpus.NumpyArray;

/** Parameters in NumPy archives, {@code .npz}: an array for each parameter, named by its path. */
public final class NumpyWeights {
  private static final String ENDING = ".npy";

  private NumpyWeights() {}

  /**
   * Writes an archive atomically.
   *
   * @throws org.seq4j.runtime.io.RunException if it cannot be written
   */
  public static void write(Path file, Map<String, SafeTensors.Array> arrays) {
    AtomicFiles.write(
        file,
        out -> {
          ZipOutputStream zip = new ZipOutputStream(out);
          for (Map.Entry<String, SafeTensors.Array> entry : arrays.entrySet()) {
            ZipEntry named = new ZipEntry(entry.getKey() + ENDING);
            named.setTime(0); // makes the bytes reproducible
            zip.putNextEntry(named);
            int[] shape =
                Arrays.stream(entry.getValue().shape()).mapToInt(Math::toIntExact).toArray();
            new NumpyArray(shape, entry.getValue().values()).write(zip);
            zip.closeEntry();
          }
          zip.finish();
        });
  }

  /**
   * Reads an archive.
   *
   * @throws DataException if the file cannot be read, or is not such an archive
   */
  public static Map<String, SafeTensors.Array> read(Path file) {
    Map<String, SafeTensors.Array> arrays = new LinkedHashMap<>();
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file));
        ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        arrays.put(entry.getName().replaceFirst("\\.npy$", ""), array(file, entry.getName(), zip));
      }
    } catch (IOException e) {
      throw new DataException(AtomicFiles.unreadable(file, e), e);
    }
    if (arrays.isEmpty()) {
      throw new DataException(
          file + ": expected an archive of arrays, as numpy.savez writes it, got none");
    }
    return arrays;
  }

  private static SafeTensors.Array array(Path file, String name, InputStream in)
      throws IOException {
    try {
      NumpyArray array = NumpyArray.read(in);
      return new SafeTensors.Array(
          Arrays.stream(array.shape()).asLongStream().toArray(), array.values());
    } catch (IllegalArgumentException e) {
      throw new DataException("%s: %s %s".formatted(file, name, e.getMessage()), e);
    }
  }
}
