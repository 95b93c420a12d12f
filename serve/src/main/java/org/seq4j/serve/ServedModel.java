package org.seq4j.serve;

import java.time.Instant;
import java.util.function.Supplier;
import org.seq4j.runtime.translate.Translator;

/**
 * A named model that can be reloaded while it is in use. Requests finish with the model they began
 * with; the old model is closed after the last of them. Thread-safe.
 */
final class ServedModel implements AutoCloseable {
  private final String name;
  private final Supplier<Translator> load;
  private Loaded current;

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

  /** Loads the model. */
  ServedModel(String name, Supplier<Translator> load) {
    this.name = name;
    this.load = load;
    this.current = new Loaded(load.get());
  }

  String name() {
    return name;
  }

  synchronized Instant since() {
    return current.since;
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

  synchronized Use use() {
    current.users++;
    return new Use(current);
  }

  private void release(Loaded loaded) {
    synchronized (this) {
      loaded.users--;
      if (!loaded.retired || loaded.users > 0) {
        return;
      }
    }
    loaded.translator.close();
  }

  /** Reloads the model from its best checkpoint; if that fails, the current one stays. */
  void reload() {
    Loaded next = new Loaded(load.get());
    Loaded before;
    synchronized (this) {
      before = current;
      current = next;
    }
    retire(before);
  }

  private void retire(Loaded loaded) {
    synchronized (this) {
      loaded.retired = true;
      if (loaded.users > 0) {
        return; // the last user closes it
      }
    }
    loaded.translator.close();
  }

  @Override
  public void close() {
    Loaded last;
    synchronized (this) {
      last = current;
    }
    retire(last);
  }
}
