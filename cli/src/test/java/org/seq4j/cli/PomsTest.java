package org.seq4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;

/**
 * What Maven Central asks of each pom; and the bom manages every module and repeats of the parent
 * what is there.
 */
class PomsTest {
  private PomFile parent;
  private PomFile bom;

  @BeforeEach
  void read() throws Exception {
    parent = PomFile.ofModule(".");
    bom = PomFile.ofModule("bom");
  }

  static List<String> modules() throws Exception {
    return PomFile.modules();
  }

  @ParameterizedTest
  @MethodSource("modules")
  void aModuleIsNamedAndDescribed(String folder) throws Exception {
    PomFile module = PomFile.ofModule(folder);
    assertThat(module.text("artifactId")).hasValue("seq4j-" + folder);
    assertThat(module.text("name")).hasValue("Seq4j " + folder);
    assertThat(module.text("description"))
        .hasValueSatisfying(text -> assertThat(text).endsWith("."));
  }

  @Test
  void everyModuleIsManagedInOurVersion() throws Exception {
    List<String> modules = new ArrayList<>();
    for (String folder : PomFile.modules()) {
      if (!folder.equals("bom")) {
        modules.add(PomFile.ofModule(folder).text("artifactId").orElseThrow());
      }
    }
    List<Element> managed = managed("org.seq4j");
    assertThat(managed.stream().map(module -> PomFile.child(module, "artifactId")).distinct())
        .containsExactlyElementsOf(modules);
    assertThat(managed)
        .allSatisfy(
            module -> assertThat(PomFile.child(module, "version")).isEqualTo("${project.version}"));
    assertThat(bom.text("version")).isEqualTo(parent.text("version"));
  }

  /** TensorFlow's native libraries are those that a build can choose from. */
  @Test
  void everyNativeLibraryIsManaged() {
    List<String> chosen =
        parent
            .all("tensorflow.classifier")
            .map(PomFile::text)
            .filter(classifier -> !classifier.equals("unsupported-platform"))
            .toList();
    assertThat(managed("org.tensorflow").stream().map(one -> PomFile.child(one, "classifier")))
        .hasSizeGreaterThan(3)
        .containsExactlyInAnyOrderElementsOf(chosen);
    assertThat(bom.text("properties", "tensorflow.version"))
        .isEqualTo(parent.text("properties", "tensorflow.version"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"url", "licenses", "developers", "scm", "issueManagement"})
  void theBomSaysOfTheProjectWhatTheParentSays(String element) {
    assertThat(bom.text(element)).isPresent().isEqualTo(parent.text(element));
  }

  @Test
  void theBomsPluginsHaveTheParentsVersions() {
    assertThat(pluginVersions(parent)).containsAllEntriesOf(pluginVersions(bom));
  }

  /** Whoever imports it imports nothing else. */
  @Test
  void theBomHasNoParentAndImportsNothing() {
    assertThat(bom.element("parent")).isEmpty();
    assertThat(bom.all("scope")).isEmpty();
    assertThat(bom.element("dependencies")).isEmpty();
  }

  private List<Element> managed(String group) {
    return PomFile.children(bom.element("dependencyManagement", "dependencies").orElseThrow())
        .filter(one -> PomFile.child(one, "groupId").equals(group))
        .toList();
  }

  private static Map<String, String> pluginVersions(PomFile pom) {
    return PomFile.children(pom.element("build", "pluginManagement", "plugins").orElseThrow())
        .collect(
            Collectors.toMap(
                plugin -> PomFile.child(plugin, "artifactId"),
                plugin -> PomFile.child(plugin, "version"),
                (one, other) -> one,
                TreeMap::new));
  }
}
