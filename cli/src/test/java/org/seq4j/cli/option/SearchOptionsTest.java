package org.seq4j.cli.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.seq4j.runtime.search.SamplingConfig;
import org.seq4j.runtime.search.SearchConfig;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** How options change the configured search. */
final class SearchOptionsTest {
  private static final CommandLine LINE = new CommandLine(new SearchOptions());

  @Test
  void aBeamOfOneIsTheGreedySearch() {
    assertThat(options("--beam", "1").applyTo(SearchConfig.beam(5), 1, LINE))
        .isEqualTo(SearchConfig.greedy());
  }

  @Test
  void aBeamTakesThePlaceOfAGreedySearch() {
    assertThat(options("--beam", "3").applyTo(SearchConfig.greedy(), 1, LINE))
        .isEqualTo(SearchConfig.beam(3));
  }

  @Test
  void withoutOptionsTheSearchIsAsConfigured() {
    assertThat(options().applyTo(SearchConfig.greedy(), 1, LINE)).isEqualTo(SearchConfig.greedy());
    assertThat(options().applyTo(SearchConfig.beam(1), 1, LINE)).isEqualTo(SearchConfig.beam(1));
  }

  @Test
  void whatIsSetByItsKeyStays() {
    SearchConfig sampling = SearchConfig.sampling(1, SamplingConfig.plain(3));
    assertThat(options("--set", "search.type=sampling").applyTo(sampling, 4, LINE))
        .isEqualTo(sampling.withNBest(4));
    assertThatThrownBy(
            () -> options("--set", "search.size=2").applyTo(SearchConfig.beam(2), 4, LINE))
        .isInstanceOf(ParameterException.class)
        .hasMessage(
            "search: n_best is 4, but the beam has 2 hypotheses: set size: 4 or larger, or"
                + " reduce n_best");
  }

  private static SearchOptions options(String... words) {
    return CommandLine.populateCommand(new SearchOptions(), words);
  }
}
