package org.seq4j.cli.debian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seq4j.core.data.TextValue;
import org.seq4j.trainer.data.corpus.DataException;

class ControlReaderTest {

  private static List<Stanza> read(String text) {
    return read(text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<Stanza> read(byte[] text) {
    List<Stanza> stanzas = new ArrayList<>();
    try (ControlReader reader =
        new ControlReader(new TextValue.Lines("x", new ByteArrayInputStream(text)))) {
      for (Optional<Stanza> next = reader.next(); next.isPresent(); next = reader.next()) {
        stanzas.add(next.get());
      }
    }
    return stanzas;
  }

  @Test
  void emptyLinesSeparateStanzas() {
    List<Stanza> stanzas = read("\n\nA: 1\nB: 2\n\n\nA: 3");
    assertThat(stanzas).hasSize(2);
    assertThat(stanzas.get(0).value("B")).contains("2");
    assertThat(stanzas.get(0).place()).isEqualTo("x, line 3");
    assertThat(stanzas.get(1).value("A")).contains("3");
    assertThat(stanzas.get(1).value("B")).isEmpty();
  }

  @Test
  void linesThatBeginWithASpaceOrATabContinueAField() {
    Stanza stanza = read("Text:  first \n second\n  indented\n\tthird\n .\nNext: x\r\n").get(0);
    assertThat(stanza.value("Text")).contains("first");
    assertThat(stanza.continuation("Text")).containsExactly("second", " indented", "third", ".");
    assertThat(stanza.value("Next")).contains("x");
    assertThat(stanza.continuation("Next")).isEmpty();
    assertThat(stanza.continuation("None")).isEmpty();
  }

  @Test
  void namesOfFieldsHaveNoCaseAndValuesMayHaveColons() {
    Stanza stanza = read("Home-Page: http://x.org/\nEmpty:\n").get(0);
    assertThat(stanza.value("home-page")).contains("http://x.org/");
    assertThat(stanza.value("Empty")).isEmpty();
  }

  @Test
  void valuesAreUnicode() {
    assertThat(read("A: \u65e5\u672c\u8a9e\n \u00e9\ud83d\ude42\u2028x\n").get(0).fields().get("A"))
        .containsExactly("\u65e5\u672c\u8a9e", "\u00e9\ud83d\ude42\u2028x");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "A: 1~B 2      | x, line 2: | 'B 2'",
        "A: 1~~ b      | x, line 3: | a continuation line, but there is no field before it",
        "A: 1~#B: 2    | x, line 2: | '#B: 2'",
        "A: 1~: 2      | x, line 2: | ': 2'",
        "A: 1~B: 2~a: 3| x, line 3: | the field 'a' a second time in one stanza",
      })
  void aMalformedLineIsToldWithItsPlace(String text, String place, String found) {
    assertThatThrownBy(() -> read(text.replace('~', '\n')))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(place)
        .hasMessageEndingWith("; got " + found);
  }

  @Test
  void bytesThatAreNotUtf8AreToldWithTheirPlace() {
    byte[] text = "A: caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("x, line 1, byte 7: expected UTF-8, got the byte 0xE9.");
  }

  @Test
  void theSignatureIsNoPartOfASignedFile() {
    List<Stanza> stanzas =
        read(
            """
            -----BEGIN PGP SIGNED MESSAGE-----
            Hash: SHA256

            A: 1
            B: 2
            C: 3
            -----BEGIN PGP SIGNATURE-----

            iQ==
            -----END PGP SIGNATURE-----
            """);
    assertThat(stanzas).hasSize(1);
    assertThat(stanzas.get(0).fields()).containsOnlyKeys("A", "B", "C");
  }
}
