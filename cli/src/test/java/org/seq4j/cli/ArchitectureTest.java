package org.seq4j.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.tensorflow.ExecutionEnvironment;
import org.tensorflow.op.Ops;

/** Which part of Seq4j may know which. The build files hold the same arrows between modules. */
@AnalyzeClasses(packages = "org.seq4j", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

  private static final String CORE = "org.seq4j.core..";
  private static final String RNN = "org.seq4j.rnn..";
  private static final String TRANSFORMER = "org.seq4j.transformer..";
  private static final String ATTENTION = "org.seq4j.attention..";
  private static final String TOKENIZERS = "org.seq4j.tokenizers..";
  private static final String AUDIO = "org.seq4j.audio..";
  private static final String RUNTIME = "org.seq4j.runtime..";
  private static final String TRAINER = "org.seq4j.trainer..";
  private static final String SERVE = "org.seq4j.serve..";
  private static final String TESTKIT = "org.seq4j.testkit..";
  private static final String CLI = "org.seq4j.cli..";

  /** All that a plugin can see, with TensorFlow. */
  private static final int MAX_PUBLIC_TYPES_OF_CORE = 60;

  @ArchTest
  static final ArchRule core_knows_only_tensorflow_and_slf4j =
      classes()
          .that()
          .resideInAPackage(CORE)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(CORE, "java..", "org.tensorflow..", "org.slf4j..")
          .because("core is the SPI and nothing else");

  @ArchTest
  static void core_is_small(JavaClasses classes) {
    List<String> types =
        classes.stream()
            .filter(type -> type.getPackageName().startsWith("org.seq4j.core."))
            .filter(
                type -> type.isTopLevelClass() && type.getModifiers().contains(JavaModifier.PUBLIC))
            .map(JavaClass::getName)
            .toList();
    assertThat(types)
        .as("public types of core, all of which are served to plugins")
        .hasSizeBetween(1, MAX_PUBLIC_TYPES_OF_CORE);
  }

  @ArchTest
  static final ArchRule no_module_has_a_package_cycle =
      slices()
          .matching("org.seq4j.(**)") // each package is a slice, without those below it
          .should()
          .beFreeOfCycles()
          .because(
              "a package is understood with those that it uses, and without those that use it");

  @ArchTest
  static final ArchRule components_know_only_core =
      doNotKnow(
              new String[] {RNN, TRANSFORMER, ATTENTION, TOKENIZERS, AUDIO},
              RUNTIME,
              TRAINER,
              SERVE,
              CLI,
              TESTKIT)
          .because("components are plugins, and plugins see core alone");

  @ArchTest
  static final ArchRule component_modules_do_not_know_one_another =
      slices()
          .matching("org.seq4j.(rnn|transformer|attention|tokenizers|audio)..")
          .should()
          .notDependOnEachOther();

  @ArchTest
  static final ArchRule runtime_knows_only_core =
      doNotKnow(
              RUNTIME, RNN, TRANSFORMER, ATTENTION, TOKENIZERS, AUDIO, TRAINER, SERVE, CLI, TESTKIT)
          .because("it finds components by their plugins");

  @ArchTest
  static final ArchRule trainer_knows_only_core_and_runtime =
      doNotKnow(TRAINER, RNN, TRANSFORMER, ATTENTION, TOKENIZERS, AUDIO, SERVE, CLI, TESTKIT)
          .because("trainer sees components through core's interfaces");

  @ArchTest
  static final ArchRule serve_knows_only_core_and_runtime =
      doNotKnow(SERVE, RNN, TRANSFORMER, ATTENTION, TOKENIZERS, AUDIO, TRAINER, CLI, TESTKIT)
          .because("it answers with any run");

  @ArchTest
  static final ArchRule cli_knows_no_component =
      doNotKnow(CLI, RNN, TRANSFORMER, ATTENTION, TOKENIZERS, AUDIO)
          .because("the command finds components as it finds plugins");

  @ArchTest
  static final ArchRule guice_is_in_trainer_serve_and_cli_only =
      doNotKnow(
              new String[] {CORE, RUNTIME, RNN, TRANSFORMER, ATTENTION, TOKENIZERS, AUDIO},
              "com.google.inject..",
              "jakarta.inject..")
          .because("core, runtime and components are usable by constructors alone");

  @ArchTest
  static final ArchRule the_command_line_is_in_cli_only =
      doNotKnow(
              new String[] {
                CORE, RUNTIME, RNN, TRANSFORMER, ATTENTION, TOKENIZERS, AUDIO, TRAINER, SERVE
              },
              "picocli..",
              "me.tongfei.progressbar..")
          .because("Seq4j is a library, too");

  @ArchTest
  static final ArchRule what_needs_no_graph_knows_no_tensorflow =
      doNotKnow(
              new String[] {
                "org.seq4j.core.data..",
                "org.seq4j.core.plugin..",
                "org.seq4j.core.search..",
                "org.seq4j.core.text..",
                "org.seq4j.runtime.config..",
                "org.seq4j.runtime.plugin..",
                "org.seq4j.runtime.search..",
                "org.seq4j.runtime.text..",
                TOKENIZERS
              },
              "org.tensorflow..")
          .because("it is plain Java, tested without loading a native library");

  @ArchTest
  static final ArchRule only_graph_functions_register_gradients =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.seq4j.runtime.graph.function..")
          .should()
          .callMethodWhere(
              JavaCall.Predicates.target(HasName.Predicates.name("registerCustomGradient")))
          .because("the process crashes at the eleventh one registered")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule ops_have_the_same_names_in_any_locale =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("org.seq4j.runtime.graph.function.GraphOps")
          .should()
          .callMethod(Ops.class, "create", ExecutionEnvironment.class)
          .because("its names have the digits of the default locale: use GraphOps.of");

  @ArchTest
  static final ArchRule random_generators_are_our_own =
      noClasses()
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.util.random.RandomGeneratorFactory")
          .orShould()
          .callMethod(RandomGenerator.class, "of", String.class)
          .orShould()
          .callMethod(RandomGenerator.class, "getDefault")
          .because("the JDK does not find its generators in every class loader: use LxmRandom");

  @ArchTest
  static final ArchRule components_keep_no_operand =
      noFields()
          .that()
          .areDeclaredInClassesThat()
          .resideInAnyPackage(RNN, TRANSFORMER, ATTENTION)
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
}
