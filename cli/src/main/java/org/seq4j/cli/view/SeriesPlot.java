package org.seq4j.cli.view;

import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import org.seq4j.core.data.VectorsValue;
import org.seq4j.core.text.FeatureSequence;
import org.seq4j.trainer.evaluation.Evaluation;

/** Plots sequences of vectors: references as solid lines, model outputs as dashed lines. */
public final class SeriesPlot {
  private static final int PANELS = 4;
  private static final int CHANNELS = 3;
  private static final int WIDTH = 720;
  private static final int HEIGHT = 170; // of a panel
  private static final int MARGIN = 36;
  private static final List<String> COLOURS = List.of("#1f77b4", "#d62728", "#2ca02c");

  private final StringBuilder svg = new StringBuilder();

  private SeriesPlot() {}

  /** Returns an SVG of the first components of the first examples. */
  public static String svg(List<Evaluation.Answer> answers) {
    int panels = Math.min(PANELS, answers.size());
    SeriesPlot plot = new SeriesPlot();
    plot.add(
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %d %d' font-family='sans-serif'"
            + " font-size='11'>",
        WIDTH, panels * HEIGHT + MARGIN);
    plot.add("<rect width='100%%' height='100%%' fill='white'/>");
    plot.add(
        "<text x='%d' y='20'>solid: reference; dashed: model. Components 1 to %d of each"
            + " vector</text>",
        MARGIN, CHANNELS);
    for (int i = 0; i < panels; i++) {
      plot.panel(i, answers.get(i));
    }
    plot.add("</svg>");
    return plot.svg.toString();
  }

  private void add(String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  private void panel(int index, Evaluation.Answer answer) {
    List<float[]> right =
        answer.example().target() instanceof VectorsValue it ? it.vectors().rows() : List.of();
    List<float[]> said =
        answer.translation().best().vectors().map(FeatureSequence::rows).orElse(List.of());
    float low = Float.MAX_VALUE;
    float high = -Float.MAX_VALUE;
    for (List<float[]> series : List.of(right, said)) {
      for (float[] vector : series) {
        for (int channel = 0; channel < Math.min(CHANNELS, vector.length); channel++) {
          low = Math.min(low, vector[channel]);
          high = Math.max(high, vector[channel]);
        }
      }
    }
    if (high <= low) { // constant, or empty
      high = low + 1;
    }
    int top = MARGIN + index * HEIGHT;
    add(
        "<rect x='%d' y='%d' width='%d' height='%d' fill='none' stroke='#bbb'/>",
        MARGIN, top, WIDTH - 2 * MARGIN, HEIGHT - 24);
    add("<text x='2' y='%d'>%.2f</text>", top + 8, high);
    add("<text x='2' y='%d'>%.2f</text>", top + HEIGHT - 26, low);
    add("<text x='%d' y='%d'>example %d</text>", MARGIN, top + HEIGHT - 10, index + 1);
    int steps = Math.max(2, Math.max(right.size(), said.size()));
    for (int channel = 0; channel < CHANNELS; channel++) {
      line(right, channel, steps, new Range(low, high), top, "");
      line(said, channel, steps, new Range(low, high), top, " stroke-dasharray='5 4'");
    }
  }

  private record Range(float low, float high) {}

  private void line(
      List<float[]> series, int channel, int steps, Range range, int top, String dashes) {
    StringJoiner points = new StringJoiner(" ");
    for (int t = 0; t < series.size(); t++) {
      if (channel < series.get(t).length) {
        double x = MARGIN + 4 + (WIDTH - 2.0 * MARGIN - 8) * t / (steps - 1);
        double share = (range.high() - series.get(t)[channel]) / (range.high() - range.low());
        points.add(String.format(Locale.ROOT, "%.1f,%.1f", x, top + 4 + share * (HEIGHT - 32)));
      }
    }
    add(
        "<polyline points='%s' fill='none' stroke='%s' stroke-width='1.6'%s/>",
        points, COLOURS.get(channel), dashes);
  }
}
