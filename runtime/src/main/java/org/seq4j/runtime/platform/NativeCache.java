package org.seq4j.runtime.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The folder that native libraries are unpacked to, for users without a home directory.
 *
 * <p>JavaCPP and JNA unpack to the user's home directory. Java does not know that of a user without
 * an entry in the list of users, such as a container's {@code --user 12345}: they would make a
 * folder "?" in the working directory.
 */
public final class NativeCache {
  private static final String JAVACPP = "org.bytedeco.javacpp.cachedir";
  private static final String JNA = "jna.tmpdir";

  private NativeCache() {}

  /** Sets the properties of the libraries that unpack, if they cannot use the home directory. */
  public static void prepare() {
    if (isHome(System.getProperty("user.home"))) {
      return;
    }
    synchronized (NativeCache.class) {
      if (System.getProperty(JAVACPP) == null || System.getProperty(JNA) == null) {
        Path folder = folder(System.getenv(), Path.of(System.getProperty("java.io.tmpdir")));
        setIfUnset(JAVACPP, folder.resolve("javacpp"));
        setIfUnset(JNA, folder.resolve("jna"));
      }
    }
  }

  /**
   * Returns true if a folder has a cache of JavaCPP or can get one. It cannot if it belongs to
   * another user, as the home "/" of services does.
   */
  static boolean isHome(String folder) {
    return isAbsolute(folder)
        && (Files.isDirectory(Path.of(folder, ".javacpp", "cache"))
            || Files.isWritable(Path.of(folder)));
  }

  private static void setIfUnset(String property, Path folder) {
    if (System.getProperty(property) == null) {
      try {
        Files.createDirectories(folder);
      } catch (IOException e) {
        return; // the library says what is wrong when it unpacks
      }
      System.setProperty(property, folder.toString());
    }
  }

  /** Returns the first that can be written to: the user's cache, the home, a temporary folder. */
  static Path folder(Map<String, String> environment, Path temporary) {
    return usable(environment.get("XDG_CACHE_HOME"), cache -> cache)
        .or(() -> usable(home(environment), home -> home.resolve(".cache")))
        .map(cache -> cache.resolve("seq4j"))
        .orElseGet(() -> privateFolder(temporary));
  }

  private static String home(Map<String, String> environment) {
    String home = environment.get("HOME");
    return isAbsolute(home) && Files.isDirectory(Path.of(home)) ? home : null; // not made anew
  }

  private static Optional<Path> usable(String parent, UnaryOperator<Path> cache) {
    if (!isAbsolute(parent)) {
      return Optional.empty();
    }
    try {
      Path folder = Files.createDirectories(cache.apply(Path.of(parent)));
      return Files.isWritable(folder) ? Optional.of(folder) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static boolean isAbsolute(String folder) {
    return folder != null && Path.of(folder).isAbsolute();
  }

  /**
   * Returns this user's folder among the temporary ones, where only this user can put libraries:
   * they will be run.
   */
  private static Path privateFolder(Path temporary) {
    try {
      Path fresh =
          Files.createTempDirectory(
              temporary,
              "seq4j-",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      Path own = temporary.resolve("seq4j-" + Files.getAttribute(fresh, "unix:uid"));
      if (Files.notExists(own)) {
        return Files.move(fresh, own);
      }
      if (isPrivate(own, fresh)) {
        Files.delete(fresh);
        return own;
      }
      return fresh;
    } catch (IOException e) {
      return temporary; // the library says what is wrong when it unpacks
    }
  }

  private static boolean isPrivate(Path own, Path fresh) throws IOException {
    for (String attribute : List.of("unix:uid", "unix:mode")) {
      if (!Files.getAttribute(own, attribute, LinkOption.NOFOLLOW_LINKS)
          .equals(Files.getAttribute(fresh, attribute))) {
        return false;
      }
    }
    return true;
  }
}
