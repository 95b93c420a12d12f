package org.seq4j.cli.debian;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.seq4j.trainer.data.corpus.DataException;

/**
 * Proxies as in the environment variables {@code http_proxy}, {@code https_proxy}, {@code
 * all_proxy} and {@code no_proxy}. Java's own properties, such as {@code http.proxyHost}, take
 * precedence. This machine itself needs no proxy.
 */
final class EnvironmentProxies extends ProxySelector {
  private static final int DEFAULT_PORT = 80;

  private final Map<String, String> environment;
  private final UnaryOperator<String> properties;

  EnvironmentProxies(Map<String, String> environment, UnaryOperator<String> properties) {
    this.environment = environment;
    this.properties = properties;
  }

  @Override
  public List<Proxy> select(URI uri) {
    if (Optional.ofNullable(properties.apply(uri.getScheme() + ".proxyHost")).isPresent()) {
      return ProxySelector.getDefault().select(uri);
    }
    Optional<String> name =
        Stream.of(uri.getScheme() + "_proxy", "all_proxy")
            .flatMap(lower -> Stream.of(lower, lower.toUpperCase(Locale.ROOT)))
            .filter(variable -> !environment.getOrDefault(variable, "").isBlank())
            .findFirst();
    return name.isEmpty() || isDirect(uri) ? List.of(Proxy.NO_PROXY) : List.of(proxy(name.get()));
  }

  private boolean isDirect(URI uri) {
    String host = uri.getHost().toLowerCase(Locale.ROOT);
    String direct = environment.getOrDefault("no_proxy", environment.getOrDefault("NO_PROXY", ""));
    return host.equals("localhost")
        || host.startsWith("127.")
        || host.equals("[::1]")
        || Arrays.stream(direct.toLowerCase(Locale.ROOT).split("[,\\s]+", -1))
            .map(entry -> entry.replaceFirst("^\\*?\\.", "").replaceFirst(":\\d+$", ""))
            .filter(entry -> !entry.isEmpty())
            .anyMatch(it -> it.equals("*") || host.equals(it) || host.endsWith("." + it));
  }

  private Proxy proxy(String variable) {
    String value = environment.get(variable).strip();
    URI uri = address(value.contains("://") ? value : "http://" + value);
    if (uri.getHost() == null) { // the value is not shown, as it may have a password
      throw new DataException(
          "the environment variable %s: expected the address of a proxy, http://HOST:PORT"
              .formatted(variable));
    }
    int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
    return new Proxy(Proxy.Type.HTTP, new InetSocketAddress(uri.getHost(), port));
  }

  /** Returns an address without a host if the text is none. */
  private static URI address(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      return URI.create("");
    }
  }

  @Override
  public void connectFailed(URI uri, SocketAddress address, IOException e) {
    // the request fails, and says why
  }
}
