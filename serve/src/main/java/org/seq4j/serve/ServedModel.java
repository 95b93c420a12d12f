package org.seq4j.serve;

import java.time.Instant;
import java.util.function.Supplier;
import org.seq4j.runtime.translate.Translator;

/**
 * A model under a name, which can be loaded again while it is used: who has begun with the old one
 * ends with it, and it is closed after the last of them. Thread-safe.
 */
final class ServedModel implements AutoCloseable {
  private final String name;
  private final Supplier<Translator> load;
  private Loaded current;

  /** A translator, how many use it, and whether another has taken its place. */
  private static final class Loaded {
    private final Translator translator;
    private final Instant since = Instant.now();
    private int users;
    private boolean retired;

    Loaded(Translator translator) {
      this.translator = translator;
    }
  }

  /** Loads it. */
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

  /** The use of a model, until it is closed. */
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

  /** Loads it again, from the best checkpoint that is there now; if that fails, all stays. */
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
