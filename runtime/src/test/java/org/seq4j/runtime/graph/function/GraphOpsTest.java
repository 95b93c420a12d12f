package org.seq4j.runtime.graph.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Graph;
import org.tensorflow.op.Ops;

@Timeout(60)
class GraphOpsTest {
  private static final Locale BEFORE = Locale.getDefault();

  @AfterEach
  void resetLocale() {
    Locale.setDefault(BEFORE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"en-US", "ar-EG", "fa-IR", "mr-IN", "tr-TR", "th-TH-u-nu-thai"})
  void namesAreThoseOfTensorFlowInEnglishInAnyLocale(String locale) {
    List<String> expected;
    try (Graph graph = new Graph()) {
      expected = names(graph, Ops.create(graph));
    }
    Locale.setDefault(Locale.forLanguageTag(locale));
    try (Graph graph = new Graph()) {
      assertThat(names(graph, GraphOps.of(graph))).isEqualTo(expected).contains("Const_2");
    }
  }

  private static List<String> names(Graph graph, Ops tf) {
    tf.constant(1);
    tf.constant(1);
    tf.withName("x").constant(1);
    tf.withName("x").constant(1);
    tf.withName("y_7").constant(1);
    tf.withSubScope("inner").constant(1);
    Ops second = tf.withSubScope("inner");
    second.math.add(second.constant(1), second.constant(1));
    second.withSubScope("deep").withName("z").constant(1);
    tf.withControlDependencies(List.of(tf.constant(1))).constant(1);
    List<String> names = new ArrayList<>();
    names.add(tf.scope().makeUnique("while"));
    names.add(tf.scope().makeUnique("while"));
    graph.operations().forEachRemaining(op -> names.add(op.name()));
    return names;
  }

  @Test
  void opsOfAGraphThatHasOpsGetOtherNames() {
    try (Graph graph = new Graph()) {
      GraphOps.of(graph).constant(1);
      GraphOps.of(graph).withName("a_3").constant(1);
      Ops tf = GraphOps.of(graph);

      assertThat(tf.constant(1).op().name()).isEqualTo("Const_1");
      assertThat(tf.withName("a").constant(1).op().name()).isEqualTo("a_4");
    }
  }

  @Test
  void aNameWithASlashIsRefused() {
    try (Graph graph = new Graph()) {
      Ops tf = GraphOps.of(graph);
      assertThatThrownBy(() -> tf.withName("a/b"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("'a/b' is not a name of an op: expected letters, digits and . _ - only");
    }
  }
}
