package org.seq4j.serve;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.seq4j.runtime.codec.FileCodec;
import org.seq4j.runtime.codec.SequenceCodec;
import org.seq4j.runtime.codec.TextCodec;
import org.seq4j.runtime.run.LoadedRun;
import org.seq4j.runtime.search.SearchConfig;
import org.seq4j.runtime.translate.Translator;

/** Models as JSON. */
final class ModelJson {
  private ModelJson() {}

  /** Returns the name and the state of a model, and, if it is loaded, its sides and its search. */
  static ObjectNode summary(ServedModel model) {
    ObjectNode one = JsonNodeFactory.instance.objectNode();
    Optional<Instant> since = model.since();
    one.put("name", model.name()).put("state", since.isPresent() ? "loaded" : "unloaded");
    LanguagePair.of(model.name())
        .ifPresent(
            pair ->
                one.putObject("languages")
                    .put("source", pair.source())
                    .put("target", pair.target()));
    if (since.isEmpty()) {
      return one;
    }
    one.put("loaded", since.get().toString());
    try (ServedModel.Use use = model.use()) {
      Translator translator = use.translator();
      one.put("source", side(translator.source())).put("target", side(translator.target()));
      SearchConfig search = translator.search();
      one.putObject("search")
          .put("type", search.type().name().toLowerCase(Locale.ROOT))
          .put("size", search.size())
          .put("n_best", search.nBest());
    } catch (ApiError unloadedSince) {
      one.put("state", "unloaded");
    }
    return one;
  }

  /** Returns a summary with the checkpoint of each run. */
  static ObjectNode description(ServedModel model) {
    ObjectNode one = summary(model);
    try (ServedModel.Use use = model.use()) {
      ArrayNode runs = one.putArray("runs");
      use.translator().runs().forEach(run -> runs.add(run(run)));
    } catch (ApiError unloaded) {
      return one;
    }
    return one;
  }

  private static ObjectNode run(LoadedRun run) {
    ObjectNode one = JsonNodeFactory.instance.objectNode();
    one.put("run", String.valueOf(run.directory().path().toAbsolutePath().getFileName()))
        .put("checkpoint", run.checkpoint().name());
    run.checkpoint().step().ifPresent(step -> one.put("step", step));
    one.put("parameters", run.parameterCount());
    putSize(one, "source", run.source());
    putSize(one, "target", run.target());
    return one;
  }

  private static void putSize(ObjectNode run, String side, SequenceCodec codec) {
    if (codec instanceof TextCodec text) {
      run.put(side + "_vocabulary", text.vocabulary().size());
    } else {
      run.put(side + "_depth", codec.space().depth());
    }
    run.put("max_" + side + "_length", codec.maxLength());
  }

  private static String side(SequenceCodec codec) {
    if (codec instanceof FileCodec) {
      return "files";
    }
    return codec instanceof TextCodec text
        ? String.format(Locale.ROOT, "text of %d tokens", text.vocabulary().size())
        : String.format(Locale.ROOT, "vectors of %d numbers", codec.space().depth());
  }
}
