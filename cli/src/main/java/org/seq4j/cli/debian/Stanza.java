package org.seq4j.cli.debian;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A stanza of a control file.
 *
 * @param place location of its first line, for messages
 * @param fields the lines of each field, by its name in any case: the text after the colon, then
 *     the continuation lines without the space that begins them
 */
record Stanza(String place, Map<String, List<String>> fields) {

  /**
   * Returns the first line of a field; empty if the field is missing or its first line is blank.
   */
  Optional<String> value(String field) {
    return Optional.ofNullable(fields.get(field))
        .map(lines -> lines.get(0))
        .filter(first -> !first.isEmpty());
  }

  /** Returns the continuation lines of a field; none if the field is missing. */
  List<String> continuation(String field) {
    List<String> lines = fields.getOrDefault(field, List.of());
    return lines.isEmpty() ? lines : lines.subList(1, lines.size());
  }
}
