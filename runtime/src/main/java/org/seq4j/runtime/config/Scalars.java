package org.seq4j.runtime.config;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.seq4j.runtime.config.key.Bounds;
import org.seq4j.runtime.config.key.Literal;
import org.seq4j.runtime.config.key.NamingConvention;
import org.seq4j.runtime.config.key.ValueType;
import org.seq4j.runtime.platform.FileNames;

/** Reads single values. The expected type alone determines how a value is read. */
final class Scalars {
  private static final Pattern WHOLE = Pattern.compile("[-+]?(0|[1-9]\\d*)");
  private static final Pattern DECIMAL =
      Pattern.compile("[-+]?((0|[1-9]\\d*)(\\.\\d*)?|\\.\\d+)([eE][-+]?\\d+)?");
  private static final Pattern INFINITY = Pattern.compile("[-+]?\\.(inf|Inf|INF)");
  private static final Set<String> NOT_A_NUMBER = Set.of(".nan", ".NaN", ".NAN");

  /** Numbers of YAML 1.1 or 1.2: 1.10, 010, 0o10, 0x1f, 1_000, 1:30. */
  private static final Pattern NUMBER_SOMEWHERE =
      Pattern.compile(
          "[-+]?(0x[0-9a-fA-F_]+|0o[0-7_]+|0b[01_]+"
              + "|\\d[\\d_]*(:[0-5]?\\d)+(\\.[\\d_]*)?"
              + "|(\\d[\\d_]*(\\.[\\d_]*)?|\\.\\d[\\d_]*)([eE][-+]?\\d+)?"
              + "|\\.(inf|Inf|INF))|\\.(nan|NaN|NAN)");

  private static final Set<String> BOOLEANS =
      Set.of("true", "True", "TRUE", "false", "False", "FALSE");
  private static final Set<String> TRUTHS = Set.of("true", "yes", "on", "y", "1");
  private static final Set<String> FALSEHOODS = Set.of("false", "no", "off", "n", "0");
  private static final int HINT_DIGITS = 18;

  private final EnvironmentVariables variables;
  private final Path folder;
  private final Path ofOverrides;

  /**
   * Creates an instance.
   *
   * @param folder folder that relative paths in files are resolved against
   * @param ofOverrides folder that relative paths in overrides are resolved against
   */
  Scalars(EnvironmentVariables variables, Path folder, Path ofOverrides) {
    this.variables = variables;
    this.folder = folder;
    this.ofOverrides = ofOverrides;
  }

  /** Reads a value of a scalar type, not of a list, map, record or component. */
  Object read(ValueType type, Node.Scalar written) throws ValueException {
    boolean replaced = EnvironmentVariables.in(written.text());
    Node.Scalar scalar = replaced ? replace(written) : written;
    // Quotes do not make text of an environment variable: it may be text or another type.
    boolean mayBeText = replaced || written.quoted();
    if (type instanceof ValueType.Flag) {
      return flag(type, scalar);
    } else if (type instanceof ValueType.Whole whole) {
      return whole(whole, scalar);
    } else if (type instanceof ValueType.Decimal decimal) {
      return decimal(decimal, scalar);
    } else if (type instanceof ValueType.Text) {
      return text(type, scalar, mayBeText);
    } else if (type instanceof ValueType.Any) {
      return new Literal(scalar.text());
    } else if (type instanceof ValueType.File) {
      return path(text(type, scalar, mayBeText), scalar.place());
    } else if (type instanceof ValueType.Choice choice) {
      return choice(choice, scalar);
    } else if (type instanceof ValueType.Time) {
      return time(type, scalar);
    }
    throw mismatch(type, scalar, "");
  }

  /** Reads the name of a component. */
  String name(Node.Scalar written) throws ValueException {
    return EnvironmentVariables.in(written.text())
        ? variables.replace(written.text())
        : written.text();
  }

  private Node.Scalar replace(Node.Scalar written) throws ValueException {
    String text = variables.replace(written.text());
    return new Node.Scalar(text, false, written.place());
  }

  private static ValueException mismatch(ValueType type, Node.Scalar scalar, String hint) {
    return new ValueException(
        "expected %s, got %s%s".formatted(type.expected(), scalar.got(), hint));
  }

  private static Object flag(ValueType type, Node.Scalar scalar) throws ValueException {
    String text = scalar.text();
    if (!scalar.quoted() && (text.equals("true") || text.equals("false"))) {
      return text.equals("true");
    }
    String lower = text.toLowerCase(Locale.ROOT);
    String hint =
        TRUTHS.contains(lower) ? ". Write true" : FALSEHOODS.contains(lower) ? ". Write false" : "";
    throw mismatch(type, scalar, hint);
  }

  private static Object whole(ValueType.Whole type, Node.Scalar scalar) throws ValueException {
    String text = scalar.text();
    if (scalar.quoted() || !WHOLE.matcher(text).matches()) {
      ValueType unbounded = new ValueType.Whole(type.wide(), Bounds.NONE);
      throw mismatch(unbounded, scalar, wholeHint(scalar));
    }
    BigInteger value = new BigInteger(text);
    if (value.bitLength() >= (type.wide() ? Long.SIZE : Integer.SIZE)) {
      throw mismatch(
          type,
          scalar,
          type.wide() ? ", which has more than 64 bits" : ", which has more than 32 bits");
    }
    if (!type.bounds().allow(value.doubleValue())) {
      throw mismatch(type, scalar, "");
    }
    return type.wide() ? (Object) value.longValueExact() : (Object) value.intValueExact();
  }

  /** Suggests how to write 1e3, 1_000, 010 or "5" as a whole number. */
  private static String wholeHint(Node.Scalar scalar) {
    String digits = scalar.text().replace("_", "");
    if (scalar.quoted()) {
      return WHOLE.matcher(digits).matches() ? ". Remove the quotes" : "";
    }
    if (!digits.matches("[-+]?\\d+(\\.\\d*)?([eE][-+]?\\d{1,3})?")) {
      return "";
    }
    BigDecimal value = new BigDecimal(digits).stripTrailingZeros();
    boolean writable = value.scale() <= 0 && value.precision() - value.scale() <= HINT_DIGITS;
    return writable ? ". Write " + value.toPlainString() : "";
  }

  private static Object decimal(ValueType.Decimal type, Node.Scalar scalar) throws ValueException {
    ValueType unbounded = new ValueType.Decimal(type.wide(), Bounds.NONE);
    if (scalar.quoted()) {
      boolean number = DECIMAL.matcher(scalar.text()).matches();
      throw mismatch(unbounded, scalar, number ? ". Remove the quotes" : "");
    }
    double value = parse(scalar.text());
    boolean special = !Double.isFinite(value) && !DECIMAL.matcher(scalar.text()).matches();
    if (Double.isNaN(value) && !NOT_A_NUMBER.contains(scalar.text())) {
      throw mismatch(unbounded, scalar, "");
    }
    double rounded = type.wide() ? value : (double) (float) value;
    if (!special && Double.isInfinite(rounded)) {
      throw mismatch(type, scalar, ", which is too large");
    }
    if (rounded == 0 && scalar.text().replaceFirst("[eE].*", "").matches(".*[1-9].*")) {
      throw mismatch(type, scalar, ", which is too close to 0");
    }
    if (!type.bounds().allow(value)) {
      throw mismatch(type, scalar, "");
    }
    return type.wide() ? (Object) value : (Object) (float) value;
  }

  /** Parses a number; returns NaN for other text. */
  private static double parse(String text) {
    if (DECIMAL.matcher(text).matches()) {
      return Double.parseDouble(text);
    }
    if (INFINITY.matcher(text).matches()) {
      return text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    return Double.NaN;
  }

  private static String text(ValueType type, Node.Scalar scalar, boolean mayBeText)
      throws ValueException {
    String text = scalar.text();
    if (mayBeText || !needsQuotes(text)) {
      return text;
    }
    boolean number = !BOOLEANS.contains(text);
    throw new ValueException(
        "expected %s, got %s%s. Put quotes around it: \"%s\""
            .formatted(type.expected(), number ? "the number " : "", text, text));
  }

  /** Returns true if a text without quotes could be read as another type. */
  static boolean needsQuotes(String text) {
    return BOOLEANS.contains(text) || NUMBER_SOMEWHERE.matcher(text).matches();
  }

  private Path path(String text, SourceLocation place) throws ValueException {
    try {
      return (place.isOverride() ? ofOverrides : folder).resolve(text).normalize();
    } catch (InvalidPathException e) {
      throw new ValueException("not a path: " + FileNames.reason(e));
    }
  }

  private static Object time(ValueType type, Node.Scalar scalar) throws ValueException {
    Optional<Duration> time = NamingConvention.time(scalar.text());
    if (time.isEmpty()) {
      String hint = WHOLE.matcher(scalar.text()).matches() ? ". Write its unit: h, m or s" : "";
      throw mismatch(type, scalar, hint);
    }
    return time.get();
  }

  private static Object choice(ValueType.Choice type, Node.Scalar scalar) throws ValueException {
    List<String> names = type.names();
    int index = names.indexOf(scalar.text());
    if (index < 0) {
      String question = Suggestions.question(scalar.text(), names);
      throw mismatch(type, scalar, question.isEmpty() ? "" : "." + question);
    }
    return type.type().getEnumConstants()[index];
  }
}
