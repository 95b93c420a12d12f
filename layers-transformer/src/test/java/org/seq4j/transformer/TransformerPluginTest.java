package org.seq4j.transformer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.seq4j.core.model.Decoder;
import org.seq4j.core.model.Encoder;
import org.seq4j.runtime.config.key.ComponentKind;
import org.seq4j.runtime.plugin.ComponentRegistry;
import org.seq4j.runtime.plugin.PluginLoader;

class TransformerPluginTest {
  private static List<String> names(Class<?> kind) {
    return new PluginLoader()
        .classPath().entries(ComponentKind.of(kind).orElseThrow()).stream()
            .<String>map(ComponentRegistry.Entry::name)
            .toList();
  }

  @Test
  void isFoundWithItsComponents() {
    assertThat(names(Encoder.class)).containsExactly("transformer");
    assertThat(names(Decoder.class)).containsExactly("transformer");
  }
}
