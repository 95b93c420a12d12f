package org.seq4j.core.data;

import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.zip.ZipException;

/** Reports that a corpus cannot be read. The message is for the user and names the file. */
public class CorpusException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Creates an exception with a message that names the file and the problem. */
  public CorpusException(String message) {
    super(message);
  }

  /** Creates an exception with a message that names the file and the problem, and its cause. */
  public CorpusException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * Creates the exception for a file or stream that cannot be read.
   *
   * @param name name of the file or stream
   */
  public static CorpusException unreadable(String name, IOException e) {
    boolean missing = e instanceof NoSuchFileException && name.equals(e.getMessage());
    return new CorpusException(
        missing ? "no such file: " + name : "cannot read " + name + ": " + reason(e), e);
  }

  /** Describes an I/O error in words: a part of a sentence, such as "permission denied: x.txt". */
  public static String reason(IOException e) {
    String message = e.getMessage() == null ? "" : e.getMessage();
    if (e instanceof NoSuchFileException) {
      return "no such file or folder: " + message;
    } else if (e instanceof AccessDeniedException) {
      return "permission denied: " + message;
    } else if (e instanceof FileAlreadyExistsException) {
      return "a file is in the way: " + message;
    } else if (e instanceof NotDirectoryException) {
      return "expected a folder, got a file: " + message;
    } else if (e instanceof FileSystemException system && system.getReason() != null) {
      return system.getReason() + ": " + system.getFile();
    } else if (e instanceof CharacterCodingException) {
      return "it is not text in UTF-8";
    } else if (e instanceof EOFException) {
      return "it ends too early, as if it had been truncated";
    } else if (e instanceof ClosedChannelException) {
      return "it was closed";
    } else if (e instanceof ZipException) {
      return "the compressed data are damaged: " + message;
    } else if (message.equals("Is a directory")) {
      return "it is a folder, not a file";
    }
    return message.isEmpty() ? "an unknown error, " + e.getClass().getSimpleName() : message;
  }
}
