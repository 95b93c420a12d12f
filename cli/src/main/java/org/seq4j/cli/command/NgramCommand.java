package org.seq4j.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.inject.Inject;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.seq4j.cli.io.CommandException;
import org.seq4j.cli.io.Console;
import org.seq4j.cli.io.ErrorReport;
import org.seq4j.cli.io.InputOutput;
import org.seq4j.cli.option.NgramCandidates;
import org.seq4j.cli.option.Plugins;
import org.seq4j.cli.view.NumberFormats;
import org.seq4j.core.data.Example;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.text.Tokenizer;
import org.seq4j.ngram.JointNgram;
import org.seq4j.ngram.PairExample;
import org.seq4j.runtime.io.AtomicFiles;
import org.seq4j.runtime.text.SequenceConfig;
import org.seq4j.trainer.data.split.SplitName;
import org.seq4j.trainer.experiment.Experiment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code seq4j ngram}. */
@Command(
    name = "ngram",
    description =
        "Trains and uses joint n-gram models, for short and monotone tasks such as pronunciation.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  seq4j ngram train pronunciation.yaml --output cmu.arpa.gz",
      "  seq4j ngram translate pronunciation.yaml cmu.arpa.gz --input words.txt --n-best 10"
    })
public final class NgramCommand {
  private static final int CHUNK = 512;

  private final Console console;
  private final Plugins plugins;

  @Spec private CommandSpec spec;

  @Inject
  NgramCommand(Console console, Plugins plugins) {
    this.console = console;
    this.plugins = plugins;
  }

  @Command(
      name = "train",
      description =
          "Trains a model on the training data of an experiment, whose tokenizers cut the texts.",
      footerHeading = "%nExample:%n",
      footer = "  seq4j ngram train pronunciation.yaml --output cmu.arpa.gz")
  int train(
      @Parameters(
              paramLabel = "CONFIG",
              description = "Config file of the experiment; its model is not used.")
          Path config,
      @Option(
              names = "--output",
              required = true,
              paramLabel = "FILE",
              description =
                  "File of the model, in the ARPA format; compressed if its name ends in .gz.")
          Path output,
      @Option(
              names = "--order",
              paramLabel = "N",
              defaultValue = "8",
              description = "The largest length of an n-gram (default ${DEFAULT-VALUE}).")
          int order,
      @Option(
              names = "--iterations",
              paramLabel = "N",
              defaultValue = "10",
              description = "Iterations of the alignment (default ${DEFAULT-VALUE}).")
          int iterations,
      @Option(
              names = "--set",
              paramLabel = "KEY=VALUE",
              description = "Override a key of the config; repeatable.")
          List<String> overrides) {
    CommandSpec command = spec.subcommands().get("train").getCommandSpec();
    atLeastOne(command, "--order", order);
    atLeastOne(command, "--iterations", iterations);
    Experiment experiment = experiment(config, Optional.ofNullable(overrides));
    Tokenizer source = tokenizer(experiment, "source", experiment.config().source());
    Tokenizer target = tokenizer(experiment, "target", experiment.config().target());
    List<PairExample> pairs = new ArrayList<>();
    for (Example example : experiment.examples(SplitName.TRAIN)) {
      for (String text : example.targetTexts()) {
        pairs.add(new PairExample(source.tokens(example.source().text()), target.tokens(text)));
      }
    }
    JointNgram.Trained trained;
    try {
      trained = JointNgram.train(pairs, new JointNgram.Settings(order, iterations));
    } catch (IllegalArgumentException e) { // its message is for users
      throw new CommandException(config + ": " + e.getMessage(), e);
    }
    AtomicFiles.write(output, out -> write(trained.model(), output, out));
    console
        .out()
        .println(
            output
                + ": "
                + NumberFormats.count(trained.model().size(), "n-gram")
                + " of "
                + NumberFormats.count(trained.model().pairs(), "pair")
                + " from "
                + NumberFormats.count(pairs.size() - trained.unaligned(), "example"));
    if (trained.unaligned() > 0) {
      console
          .err()
          .println(
              "warning: "
                  + NumberFormats.count(trained.unaligned(), "example")
                  + " cannot be aligned: the target has more than twice as many tokens as the"
                  + " source");
    }
    return ErrorReport.DONE;
  }

  private static void write(JointNgram model, Path output, OutputStream out) throws IOException {
    if (output.toString().endsWith(".gz")) {
      GZIPOutputStream zip = new GZIPOutputStream(out);
      write(model, zip);
      zip.finish();
    } else {
      write(model, out);
    }
  }

  private static void write(JointNgram model, OutputStream out) throws IOException {
    Writer writer = new BufferedWriter(new OutputStreamWriter(out, UTF_8));
    model.write(writer);
    writer.flush();
  }

  @Command(
      name = "translate",
      description = "Writes the most probable target of each line.",
      footerHeading = "%nExample:%n",
      footer =
          "  seq4j ngram translate pronunciation.yaml cmu.arpa.gz --input words.txt --n-best 10")
  int translate(
      @Parameters(
              index = "0",
              paramLabel = "CONFIG",
              description = "Config file of the experiment, for its tokenizers.")
          Path config,
      @Parameters(index = "1", paramLabel = "MODEL", description = "File of the model.") Path file,
      @Mixin InputOutput files,
      @Option(
              names = "--n-best",
              paramLabel = "N",
              description = "Write the N best answers: NUMBER TAB SCORE TAB TEXT.")
          Integer best,
      @Option(
              names = "--beam",
              paramLabel = "N",
              defaultValue = "50",
              description =
                  "Number of hypotheses of each part of a source (default ${DEFAULT-VALUE}).")
          int beam,
      @Option(
              names = "--set",
              paramLabel = "KEY=VALUE",
              description = "Override a key of the config; repeatable.")
          List<String> overrides)
      throws IOException {
    CommandSpec command = spec.subcommands().get("translate").getCommandSpec();
    atLeastOne(command, "--beam", beam);
    atLeastOne(command, "--n-best", best == null ? 1 : best);
    Experiment experiment = experiment(config, Optional.ofNullable(overrides));
    Tokenizer source = tokenizer(experiment, "source", experiment.config().source());
    Tokenizer target = tokenizer(experiment, "target", experiment.config().target());
    JointNgram model = NgramCandidates.read(file);
    Answers answers = new Answers(model, source, target, beam);
    files.run(
        console,
        (lines, out) ->
            InputOutput.forEachChunk(
                lines, CHUNK, chunk -> answers.write(chunk, Optional.ofNullable(best), out)));
    if (answers.none > 0) {
      console
          .err()
          .println(
              "warning: "
                  + NumberFormats.count(answers.none, "line")
                  + " without an answer: a token, or a sequence of them, is not in the model");
    }
    return ErrorReport.DONE;
  }

  /** Writes answers. */
  private static final class Answers {
    private final JointNgram model;
    private final Tokenizer source;
    private final Tokenizer target;
    private final int beam;
    private long number;
    private long none;

    Answers(JointNgram model, Tokenizer source, Tokenizer target, int beam) {
      this.model = model;
      this.source = source;
      this.target = target;
      this.beam = beam;
    }

    void write(List<String> lines, Optional<Integer> best, OutputStream out) throws IOException {
      List<List<JointNgram.Answer>> all =
          lines.parallelStream()
              .map(line -> model.answer(source.tokens(line), beam, best.orElse(1)))
              .toList();
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < all.size(); i++) {
        number++;
        none += all.get(i).isEmpty() && !lines.get(i).isBlank() ? 1 : 0;
        for (JointNgram.Answer answer : all.get(i)) {
          if (best.isPresent()) {
            text.append(number).append('\t').append(NumberFormats.decimal(answer.score()));
            text.append('\t');
          }
          text.append(target.detokenize(answer.target())).append('\n');
        }
        if (best.isEmpty() && all.get(i).isEmpty()) {
          text.append('\n');
        }
      }
      out.write(text.toString().getBytes(UTF_8));
      out.flush();
    }
  }

  private Experiment experiment(Path config, Optional<List<String>> overrides) {
    return Experiment.load(config, plugins.registry(), overrides.orElse(List.of()));
  }

  private static Tokenizer tokenizer(Experiment experiment, String side, SequenceConfig config) {
    if (config.isVectors()) {
      throw new CommandException(
          side + ".type: an n-gram model has tokens on both sides, not vectors");
    }
    return config.createForwardTokenizer(new ComponentContext(experiment.directory()));
  }

  private static void atLeastOne(CommandSpec command, String option, int value) {
    if (value < 1) {
      throw new ParameterException(
          command.commandLine(), option + ": expected a number from 1 up, got " + value);
    }
  }
}
