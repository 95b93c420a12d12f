package org.seq4j.serve;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.seq4j.runtime.translate.Translator;

/**
 * A named model that can be loaded, reloaded and unloaded while it is in use. Requests finish with
 * the model they began with; the old model is closed after the last of them. Thread-safe.
 */
final class ServedModel implements AutoCloseable {
  private final String name;
  private final Supplier<Translator> load;
  private final Object loading = new Object(); // held while a model is loaded
  private final List<Loaded> open = new ArrayList<>(); // the current one, and retired ones in use
  private Optional<Loaded> current = Optional.empty();
  private Translator.Batches closedBatches = new Translator.Batches(0, 0);

  /** A translator, the number of its users, and whether another one has replaced it. */
  private static final class Loaded {
    private final Translator translator;
    private final Instant since = Instant.now();
    private int users;
    private boolean retired;

    Loaded(Translator translator) {
      this.translator = translator;
    }
  }

  /** Creates a model that is not loaded. */
  ServedModel(String name, Supplier<Translator> load) {
    this.name = name;
    this.load = load;
  }

  String name() {
    return name;
  }

  /** Returns the time since when the model is loaded; empty if it is not. */
  synchronized Optional<Instant> since() {
    return current.map(loaded -> loaded.since);
  }

  synchronized boolean isLoaded() {
    return current.isPresent();
  }

  /** A use of the model, which ends when it is closed. */
  final class Use implements AutoCloseable {
    private final Loaded loaded;

    private Use(Loaded loaded) {
      this.loaded = loaded;
    }

    Translator translator() {
      return loaded.translator;
    }

    @Override
    public void close() {
      release(loaded);
    }
  }

  /**
   * Begins to use the model.
   *
   * @throws ApiError if it is not loaded
   */
  synchronized Use use() {
    Loaded loaded =
        current.orElseThrow(
            () ->
                ApiError.later(
                    "not-loaded",
                    "the model '%s' is not loaded; POST /v1/models/%s/load loads it"
                        .formatted(name, name)));
    loaded.users++;
    return new Use(loaded);
  }

  private void release(Loaded loaded) {
    synchronized (this) {
      loaded.users--;
      if (!loaded.retired || loaded.users > 0) {
        return;
      }
    }
    close(loaded);
  }

  /**
   * Loads the model from its best checkpoint, and translates with it once, so that its first
   * request takes no longer than the others. If that fails, the current one stays.
   */
  void load() {
    synchronized (loading) {
      Translator translator = load.get();
      boolean works = false;
      try {
        WarmUp.translate(translator);
        works = true;
      } finally {
        if (!works) {
          translator.close();
        }
      }
      Loaded next = new Loaded(translator);
      Optional<Loaded> before;
      synchronized (this) {
        before = current;
        current = Optional.of(next);
        open.add(next);
      }
      before.ifPresent(this::retire);
      System.gc(); // the weights as they were read are garbage, most of the heap of a server
    }
  }

  /** Frees the model after its last use; it can be loaded again. */
  void unload() {
    Optional<Loaded> last;
    synchronized (this) {
      last = current;
      current = Optional.empty();
    }
    last.ifPresent(this::retire);
  }

  private void retire(Loaded loaded) {
    synchronized (this) {
      loaded.retired = true;
      if (loaded.users > 0) {
        return; // the last user closes it
      }
    }
    close(loaded);
  }

  private void close(Loaded loaded) {
    synchronized (this) {
      open.remove(loaded);
      closedBatches = sum(closedBatches, loaded.translator.batches());
    }
    loaded.translator.close();
  }

  /** Returns the batches of all translators so far, so that the number never falls. */
  synchronized Translator.Batches batches() {
    return open.stream()
        .map(loaded -> loaded.translator.batches())
        .reduce(closedBatches, ServedModel::sum);
  }

  private static Translator.Batches sum(Translator.Batches one, Translator.Batches other) {
    return new Translator.Batches(one.count() + other.count(), one.texts() + other.texts());
  }

  @Override
  public void close() {
    unload();
  }
}
