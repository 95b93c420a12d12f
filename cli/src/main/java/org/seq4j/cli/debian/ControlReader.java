package org.seq4j.cli.debian;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.seq4j.core.data.CorpusException;
import org.seq4j.core.data.TextValue;
import org.seq4j.trainer.data.corpus.DataException;

/**
 * A reader of control files (Debian Policy, section 5.1), one stanza at a time. An empty line ends
 * a stanza, and a line that begins with a space or a tab continues a field. The signature around an
 * InRelease file is skipped; it is not verified.
 */
final class ControlReader implements AutoCloseable {
  private static final Pattern NAME = Pattern.compile("[!\"$-,.-9;-~][!-9;-~]*");
  private static final String SIGNED = "-----BEGIN PGP SIGNED MESSAGE-----";
  private static final String SIGNATURE = "-----BEGIN PGP SIGNATURE-----";
  private static final String ESCAPE = "- "; // before a dash in signed text, RFC 4880, section 7.1

  private final TextValue.Lines lines;
  private boolean signed;
  private boolean ended;

  ControlReader(TextValue.Lines lines) {
    this.lines = lines;
  }

  /**
   * Returns the next stanza; empty at the end.
   *
   * @throws DataException if it is malformed; the message has the file and the line
   */
  Optional<Stanza> next() {
    Optional<String> line = read();
    while (line.filter(String::isEmpty).isPresent()) {
      line = read();
    }
    if (line.isEmpty()) {
      return Optional.empty();
    }
    String place = lines.place();
    Map<String, List<String>> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    List<String> field = new ArrayList<>(); // of the last name; empty before the first
    for (; line.filter(text -> !text.isEmpty()).isPresent(); line = read()) {
      String text = line.get();
      if (text.charAt(0) != ' ' && text.charAt(0) != '\t') {
        field = begin(fields, text);
      } else if (field.isEmpty()) {
        throw malformed("a continuation line, but there is no field before it");
      } else {
        field.add(text.substring(1));
      }
    }
    return Optional.of(new Stanza(place, fields));
  }

  private List<String> begin(Map<String, List<String>> fields, String text) {
    int colon = text.indexOf(':');
    String name = colon < 0 ? "" : text.substring(0, colon);
    if (!NAME.matcher(name).matches()) {
      throw malformed("'" + (text.length() > 40 ? text.substring(0, 40) + "..." : text) + "'");
    }
    List<String> field = new ArrayList<>(List.of(text.substring(colon + 1).strip()));
    if (fields.put(name, field) != null) {
      throw malformed("the field '" + name + "' a second time in one stanza");
    }
    return field;
  }

  private DataException malformed(String found) {
    return new DataException(
        lines.place()
            + ": expected a field 'Name: value', a continuation line that begins with a space,"
            + " or an empty line between stanzas; got "
            + found);
  }

  private Optional<String> read() {
    try {
      Optional<String> line = ended ? Optional.empty() : lines.next();
      if (lines.number() == 1 && line.filter(SIGNED::equals).isPresent()) {
        signed = true;
        while (line.filter(header -> !header.isEmpty()).isPresent()) {
          line = lines.next();
        }
        line = lines.next();
      }
      ended = line.isEmpty() || (signed && line.get().equals(SIGNATURE));
      return ended
          ? Optional.empty()
          : line.map(it -> signed && it.startsWith(ESCAPE) ? it.substring(ESCAPE.length()) : it);
    } catch (CorpusException e) {
      throw DataException.of(e);
    }
  }

  @Override
  public void close() {
    lines.close();
  }
}
