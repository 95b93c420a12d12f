package org.seq4j.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/**
 * A pom as it is written: nothing is inherited and no property replaced.
 *
 * @param root its {@code project}
 */
record PomFile(Element root) {

  static PomFile read(Path file) throws Exception {
    return new PomFile(
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(file.toFile())
            .getDocumentElement());
  }

  /** The modules of the default build, by their folders. */
  static List<String> modules() throws Exception {
    return read(CommandRun.project("pom.xml"))
        .element("modules")
        .map(modules -> children(modules).map(PomFile::text).toList())
        .orElseThrow();
  }

  static PomFile ofModule(String folder) throws Exception {
    return read(CommandRun.project(folder).resolve("pom.xml"));
  }

  /** The text of an element, without the spaces between others in it. */
  Optional<String> text(String... path) {
    return element(path).map(PomFile::text);
  }

  static String text(Element element) {
    return element.getTextContent().strip().replaceAll("\\s+", " ");
  }

  Optional<Element> element(String... path) {
    Optional<Element> found = Optional.of(root);
    for (String name : path) {
      found = found.flatMap(element -> children(element).filter(named(name)).findFirst());
    }
    return found;
  }

  /** All elements of a name, wherever they are. */
  Stream<Element> all(String name) {
    return elements(root.getElementsByTagName(name));
  }

  /** The text of an element's child, or the empty text. */
  static String child(Element parent, String name) {
    return children(parent).filter(named(name)).findFirst().map(PomFile::text).orElse("");
  }

  static Stream<Element> children(Element parent) {
    return elements(parent.getChildNodes());
  }

  private static Predicate<Element> named(String name) {
    return element -> element.getTagName().equals(name);
  }

  private static Stream<Element> elements(NodeList nodes) {
    return IntStream.range(0, nodes.getLength())
        .mapToObj(nodes::item)
        .filter(node -> node.getNodeType() == Node.ELEMENT_NODE)
        .map(Element.class::cast);
  }
}
