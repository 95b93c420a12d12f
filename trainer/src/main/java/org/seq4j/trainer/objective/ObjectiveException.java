package org.seq4j.trainer.objective;

/** Reports that an objective does not fit the model. The message is for users. */
public final class ObjectiveException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String name;
  private final String problem;

  ObjectiveException(String name, String problem, Throwable cause) {
    super("training.objectives: " + name + ": " + problem, cause);
    this.name = name;
    this.problem = problem;
  }

  /** Returns the name of the objective, see {@link Objectives#names}. */
  public String name() {
    return name;
  }

  /** Returns the problem, without the name of the objective. */
  public String problem() {
    return problem;
  }
}
