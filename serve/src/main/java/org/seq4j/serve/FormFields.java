package org.seq4j.serve;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Fields;
import org.eclipse.jetty.util.UrlEncoded;

/** The fields of a form: in the query of a request, and in its body in one of two encodings. */
final class FormFields {
  private static final int MAX_PARTS = 1000;

  private final Map<String, List<String>> byName = new LinkedHashMap<>();

  private FormFields() {}

  /**
   * Returns true if a request is a form: it has a body of one, or no body and fields in the query.
   */
  static boolean isForm(Request request) {
    String type = RequestBody.type(request);
    boolean onlyQuery = type.isEmpty() && request.getHttpURI().getQuery() != null;
    return onlyQuery || type.equals(RequestBody.FORM) || type.equals(RequestBody.MULTIPART);
  }

  /**
   * Reads the fields of a form, those of the query first.
   *
   * @return the values of each field by its name
   * @throws ApiError if the form is invalid
   */
  static Map<String, List<String>> read(Call call) {
    FormFields fields = new FormFields();
    Request request = call.request();
    fields.byName.putAll(ofQuery(request));
    String type = RequestBody.type(request);
    if (type.equals(RequestBody.FORM)) {
      fields.addEncoded(new String(call.read(List.of(type)), StandardCharsets.UTF_8));
    } else if (type.equals(RequestBody.MULTIPART)) {
      fields.addParts(request.getHeaders().get(HttpHeader.CONTENT_TYPE), call.read(List.of(type)));
    }
    return fields.byName;
  }

  /**
   * Reads the fields in the query of a request.
   *
   * @throws ApiError if they are not in UTF-8
   */
  static Map<String, List<String>> ofQuery(Request request) {
    FormFields fields = new FormFields();
    String query = request.getHttpURI().getQuery();
    if (query != null) {
      fields.addEncoded(query);
    }
    return fields.byName;
  }

  private void add(String name, String value) {
    byName.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
  }

  private void addEncoded(String text) {
    Fields fields = new Fields();
    try {
      UrlEncoded.decodeUtf8To(text, fields);
    } catch (IllegalArgumentException e) {
      throw ApiError.bad("the form is not in UTF-8");
    }
    fields.forEach(field -> field.getValues().forEach(value -> add(field.getName(), value)));
  }

  private void addParts(String contentType, byte[] body) {
    String boundary = MultiPart.extractBoundary(contentType);
    if (boundary == null) {
      throw ApiError.bad("expected a boundary in the Content-Type multipart/form-data, got none");
    }
    Parts parts = new Parts();
    MultiPart.Parser parser = new MultiPart.Parser(boundary, parts);
    parser.setMaxParts(MAX_PARTS);
    parser.parse(Content.Chunk.from(ByteBuffer.wrap(body), true));
    if (parts.file.isPresent()) {
      throw ApiError.bad(
          "expected texts, got the file "
              + Json.shortened(parts.file.get())
              + ": files are not translated");
    }
    if (!parts.complete || parts.failure.isPresent()) {
      throw ApiError.bad(
          "the body is not multipart/form-data"
              + parts.failure.map(e -> ": " + Json.shortened(e.getMessage())).orElse(""));
    }
  }

  /** Collects the parts of a form. */
  private final class Parts extends MultiPart.AbstractPartsListener {
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();
    private boolean complete;
    private Optional<String> file = Optional.empty();
    private Optional<Throwable> failure = Optional.empty();

    @Override
    public void onPartContent(Content.Chunk chunk) {
      ByteBuffer bytes = chunk.getByteBuffer();
      byte[] copy = new byte[bytes.remaining()];
      bytes.get(copy);
      content.writeBytes(copy);
    }

    @Override
    public void onPart(String name, String fileName, HttpFields headers) {
      if (fileName != null) { // the parser would swallow an exception
        file = Optional.of(fileName);
      } else if (name != null) {
        add(name, content.toString(StandardCharsets.UTF_8));
      }
      content.reset();
    }

    @Override
    public void onComplete() {
      complete = true;
    }

    @Override
    public void onFailure(Throwable thrown) {
      failure = Optional.of(thrown);
    }
  }
}
