package org.seq4j.runtime.graph.function;

import java.util.HashMap;
import java.util.Map;
import org.tensorflow.DeviceSpec;
import org.tensorflow.ExecutionEnvironment;
import org.tensorflow.Graph;
import org.tensorflow.Operation;
import org.tensorflow.OperationBuilder;
import org.tensorflow.op.OpScope;
import org.tensorflow.op.Scope;

/**
 * A scope that names ops as TensorFlow Java's {@link OpScope} does in English: {@code Add}, {@code
 * Add_1}, {@code Add_2}, with ASCII digits in any locale.
 *
 * @param rest a scope for everything but names
 * @param prefix names of the enclosing scopes, each followed by a slash
 * @param name name of the next ops; null for their defaults
 * @param used number of names made so far from each name, in this scope
 */
record AsciiScope(Scope rest, String prefix, String name, Map<String, Integer> used)
    implements Scope {

  static AsciiScope of(Graph graph) {
    AsciiScope scope = new AsciiScope(new OpScope(graph), "", null, new HashMap<>());
    scope.refreshNames();
    return scope;
  }

  private AsciiScope with(Scope changed) {
    return new AsciiScope(changed, prefix, name, used);
  }

  private AsciiScope below(String child) {
    requireValid(child);
    AsciiScope scope =
        new AsciiScope(rest, prefix + makeUnique(child) + "/", null, new HashMap<>());
    scope.refreshNames();
    return scope;
  }

  @Override
  public ExecutionEnvironment env() {
    return rest.env();
  }

  @Override
  public Scope withSubScope(String child) {
    requireValid(child);
    return below(name == null ? child : name);
  }

  @Override
  public Scope withName(String next) {
    requireValid(next);
    return new AsciiScope(rest, prefix, next, used);
  }

  @Override
  public Scope withNameAsSubScope(String defaultName) {
    return below(name == null ? defaultName : name);
  }

  @Override
  public Scope withDevice(DeviceSpec device) {
    return with(rest.withDevice(device));
  }

  @Override
  public Scope withInitScope() {
    return with(rest.withInitScope());
  }

  @Override
  public Scope withControlDependencyOps(Iterable<Operation> controls) {
    return with(rest.withControlDependencyOps(controls));
  }

  @Override
  public String makeOpName(String defaultName) {
    requireValid(defaultName);
    return prefix + makeUnique(name == null ? defaultName : name);
  }

  @Override
  public String makeUnique(String id) {
    int before = used.merge(id, 1, Integer::sum) - 1;
    return before == 0 ? id : id + "_" + before;
  }

  /** Counts the names of ops that exist in the graph, such as those of an earlier scope. */
  @Override
  public void refreshNames() {
    ((Graph) env()).operations().forEachRemaining(op -> count(op.name()));
  }

  private void count(String opName) {
    if (!opName.startsWith(prefix)) {
      return;
    }
    String id = opName.substring(prefix.length());
    if (id.contains("/")) {
      return;
    }
    used.merge(id, 1, Math::max);
    int end = id.lastIndexOf('_');
    String number = id.substring(end + 1);
    if (end > 0 && number.matches("[0-9]{1,8}")) {
      used.merge(id.substring(0, end), Integer.parseInt(number) + 1, Math::max);
    }
  }

  @Override
  public OperationBuilder apply(OperationBuilder builder) {
    return rest.apply(builder);
  }

  @Override
  public String getDeviceString() {
    return rest.getDeviceString();
  }

  @Override
  public boolean isInit() {
    return rest.isInit();
  }

  private static void requireValid(String name) {
    if (!Scope.isValidOpName(name)) {
      throw new IllegalArgumentException(
          "'" + name + "' is not a name of an op: expected letters, digits and . _ - only");
    }
  }
}
