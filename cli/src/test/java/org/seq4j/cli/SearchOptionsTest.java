package org.seq4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.seq4j.core.search.SearchConfig;
import picocli.CommandLine;

/** How options change the configured search. */
final class SearchOptionsTest {

  @Test
  void aBeamOfOneIsTheGreedySearch() {
    assertThat(options("--beam", "1").applyTo(SearchConfig.beam(5), 1))
        .isEqualTo(SearchConfig.greedy());
  }

  @Test
  void aBeamTakesThePlaceOfAGreedySearch() {
    assertThat(options("--beam", "3").applyTo(SearchConfig.greedy(), 1))
        .isEqualTo(SearchConfig.beam(3));
  }

  @Test
  void withoutOptionsTheSearchIsAsConfigured() {
    assertThat(options().applyTo(SearchConfig.greedy(), 1)).isEqualTo(SearchConfig.greedy());
    assertThat(options().applyTo(SearchConfig.beam(1), 1)).isEqualTo(SearchConfig.beam(1));
  }

  private static SearchOptions options(String... words) {
    return CommandLine.populateCommand(new SearchOptions(), words);
  }
}
