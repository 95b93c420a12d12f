package org.seq4j.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which part of Seq4j may know which. The build files hold the same arrows between modules. */
@AnalyzeClasses(
    packages = "org.seq4j",
    importOptions = {
      ImportOption.DoNotIncludeTests.class,
      ArchitectureTest.DoNotIncludeTestJars.class
    })
final class ArchitectureTest {

  private static final String CORE = "org.seq4j.core..";
  private static final String RNN = "org.seq4j.rnn..";
  private static final String ATTENTION = "org.seq4j.attention..";
  private static final String TOKENIZERS = "org.seq4j.tokenizers..";
  private static final String TRAINER = "org.seq4j.trainer..";
  private static final String CLI = "org.seq4j.cli..";

  @ArchTest
  static final ArchRule core_knows_no_other_module =
      doNotKnow(CORE, RNN, ATTENTION, TOKENIZERS, TRAINER, CLI)
          .because("every other module depends on core");

  @ArchTest
  static final ArchRule rnn_knows_only_core =
      doNotKnow(RNN, ATTENTION, TOKENIZERS, TRAINER, CLI).because("components are plugins of core");

  @ArchTest
  static final ArchRule attention_knows_only_core =
      doNotKnow(ATTENTION, RNN, TOKENIZERS, TRAINER, CLI).because("components are plugins of core");

  @ArchTest
  static final ArchRule tokenizers_know_only_core =
      doNotKnow(TOKENIZERS, RNN, ATTENTION, TRAINER, CLI).because("components are plugins of core");

  @ArchTest
  static final ArchRule trainer_knows_only_core =
      doNotKnow(TRAINER, RNN, ATTENTION, TOKENIZERS, CLI)
          .because("trainer sees components through core's interfaces");

  @ArchTest
  static final ArchRule cli_knows_no_component =
      doNotKnow(CLI, RNN, ATTENTION, TOKENIZERS)
          .because("the command finds components as it finds plugins");

  @ArchTest
  static final ArchRule guice_is_in_trainer_and_cli_only =
      doNotKnow(
              new String[] {CORE, RNN, ATTENTION, TOKENIZERS},
              "com.google.inject..",
              "jakarta.inject..")
          .because("core and the components are usable by constructors alone");

  @ArchTest
  static final ArchRule the_command_line_is_in_cli_only =
      doNotKnow(
              new String[] {CORE, RNN, ATTENTION, TOKENIZERS, TRAINER},
              "picocli..",
              "me.tongfei.progressbar..")
          .because("Seq4j is a library, too");

  @ArchTest
  static final ArchRule what_needs_no_graph_knows_no_tensorflow =
      doNotKnow(
              new String[] {
                "org.seq4j.core.config..",
                "org.seq4j.core.data..",
                "org.seq4j.core.plugin..",
                "org.seq4j.core.search..",
                "org.seq4j.core.text..",
                TOKENIZERS
              },
              "org.tensorflow..")
          .because("it is plain Java, tested without loading a native library");

  @ArchTest
  static final ArchRule only_core_graph_registers_gradients =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.seq4j.core.graph..")
          .should()
          .callMethodWhere(
              JavaCall.Predicates.target(HasName.Predicates.name("registerCustomGradient")))
          .because("the process crashes at the eleventh one registered")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule components_keep_no_operand =
      noFields()
          .that()
          .areDeclaredInClassesThat()
          .resideInAnyPackage(RNN, ATTENTION)
          .and()
          .areDeclaredInClassesThat()
          .areNotRecords()
          .should()
          .haveRawType(
              JavaClass.Predicates.assignableTo("org.tensorflow.Operand").as("a type of operand"))
          .because("a component is traced several times, on different graphs")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule only_cli_prints =
      noClasses()
          .that()
          .resideOutsideOfPackage(CLI)
          .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS)
          .because("results go to stdout, and that is the command's affair")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule logs_go_through_slf4j =
      NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.allowEmptyShould(true);

  @ArchTest
  static void no_package_is_in_two_modules(JavaClasses classes) {
    Map<String, Set<String>> modulesByPackage = new TreeMap<>();
    for (JavaClass type : classes) {
      String path = type.getName().replace('.', '/') + ".class";
      String uri = type.getSource().orElseThrow().getUri().toString();
      String module = uri.substring(0, uri.length() - path.length());
      modulesByPackage.computeIfAbsent(type.getPackageName(), name -> new TreeSet<>()).add(module);
    }
    modulesByPackage.values().removeIf(modules -> modules.size() == 1);
    assertThat(modulesByPackage).as("packages in more than one module").isEmpty();
  }

  private static ArchRule doNotKnow(String from, String... others) {
    return doNotKnow(new String[] {from}, others);
  }

  private static ArchRule doNotKnow(String[] from, String... others) {
    return noClasses()
        .that()
        .resideInAnyPackage(from)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(others)
        .allowEmptyShould(true);
  }

  /** Leaves out core's contract kits, which come in a jar of their own once they are packaged. */
  static final class DoNotIncludeTestJars implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("-tests.jar");
    }
  }
}
