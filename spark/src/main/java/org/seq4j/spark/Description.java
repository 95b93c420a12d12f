package org.seq4j.spark;

import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;
import org.seq4j.runtime.plugin.PluginLoader;
import org.seq4j.trainer.experiment.Experiment;

/**
 * The files of an experiment that executors read.
 *
 * @param fingerprint of the files
 * @param zip a zip file with them
 */
record Description(String fingerprint, Broadcast<byte[]> zip) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The last one that was opened in this JVM; also the lock. */
  private static final Open[] LAST = new Open[1];

  /**
   * An experiment that has been read in this JVM.
   *
   * @param folder its files
   */
  record Open(String fingerprint, Path folder, Experiment experiment) {}

  /** Returns the experiment, which the tasks of a JVM share. */
  Open open() {
    synchronized (LAST) {
      if (LAST[0] == null || !LAST[0].fingerprint().equals(fingerprint)) {
        Path folder = RunArchive.unpack(zip.value());
        Experiment experiment =
            Experiment.ofRun(
                folder, new PluginLoader(LoadedModels.loader()).classPath(), List.of());
        LAST[0] = new Open(fingerprint, folder, experiment);
      }
      return LAST[0];
    }
  }
}
