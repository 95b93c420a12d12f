package com.example.seq4j;

import org.seq4j.core.plugin.Plugin;
import org.seq4j.testkit.PluginContract;

/** The contract of the plugin for one of its components. */
abstract class PluggedContract extends PluginContract {
  private final Class<?> kind;
  private final String name;

  PluggedContract(Class<?> kind, String name) {
    this.kind = kind;
    this.name = name;
  }

  @Override
  protected Plugin plugin() {
    return new ExamplePlugin();
  }

  @Override
  protected Class<?> kind() {
    return kind;
  }

  @Override
  protected String name() {
    return name;
  }
}
