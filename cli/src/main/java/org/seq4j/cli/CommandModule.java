package org.seq4j.cli;

import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Stage;
import java.util.List;
import java.util.stream.Stream;
import org.seq4j.cli.command.TrainingSession;
import org.seq4j.cli.io.Console;
import org.seq4j.cli.io.GlobalOptions;
import org.seq4j.cli.option.Plugins;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IFactory;

/** Guice module of the commands. */
final class CommandModule extends AbstractModule {
  private static final List<Class<?>> COMMANDS = withSubcommands(Main.class).toList();

  private final Console console;
  private final GlobalOptions options;
  private final Plugins plugins;

  CommandModule(Console console, GlobalOptions options, Plugins plugins) {
    this.console = console;
    this.options = options;
    this.plugins = plugins;
  }

  private static Stream<Class<?>> withSubcommands(Class<?> command) {
    return Stream.concat(
        Stream.of(command),
        Stream.of(command.getAnnotation(Command.class).subcommands())
            .flatMap(CommandModule::withSubcommands));
  }

  /** Returns a factory that creates commands with Guice, and other objects as picocli does. */
  static IFactory factory(Console console, GlobalOptions options, Plugins plugins) {
    CommandModule module = new CommandModule(console, options, plugins);
    Injector injector = Guice.createInjector(Stage.DEVELOPMENT, module);
    IFactory standard = CommandLine.defaultFactory();
    return new IFactory() {
      @Override
      public <K> K create(Class<K> type) throws Exception {
        return COMMANDS.contains(type) ? injector.getInstance(type) : standard.create(type);
      }
    };
  }

  @Override
  protected void configure() {
    binder().requireExplicitBindings();
    binder().disableCircularProxies();
    bind(Console.class).toInstance(console);
    bind(GlobalOptions.class).toInstance(options);
    bind(Plugins.class).toInstance(plugins);
    bind(TrainingSession.class);
    COMMANDS.forEach(this::bind);
  }
}
