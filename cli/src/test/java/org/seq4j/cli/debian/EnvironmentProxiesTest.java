package org.seq4j.cli.debian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seq4j.trainer.data.corpus.DataException;

class EnvironmentProxiesTest {

  private static Proxy proxy(String uri, Map<String, String> environment) {
    return new EnvironmentProxies(environment, property -> null).select(URI.create(uri)).get(0);
  }

  private static String address(Proxy proxy) {
    return proxy.address() instanceof InetSocketAddress address
        ? address.getHostString() + ":" + address.getPort()
        : "none";
  }

  @ParameterizedTest
  @CsvSource({
    "http_proxy,  http://cache.org:3128/, http://a.org/,         cache.org:3128",
    "HTTP_PROXY,  cache.org:3128,         http://a.org/,         cache.org:3128",
    "http_proxy,  http://cache.org,       http://a.org/,         cache.org:80",
    "https_proxy, http://cache.org:3128,  https://a.org/,        cache.org:3128",
    "https_proxy, http://cache.org:3128,  http://a.org/,         none",
    "all_proxy,   http://cache.org:3128,  https://a.org/,        cache.org:3128",
    "http_proxy,  http://cache.org:3128,  http://localhost/,     none",
    "http_proxy,  http://cache.org:3128,  http://127.0.0.1:80/,  none",
    "http_proxy,  '',                     http://a.org/,         none",
  })
  void aProxyIsThatOfTheScheme(String variable, String value, String uri, String expected) {
    assertThat(address(proxy(uri, Map.of(variable, value)))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "a.org,           http://a.org/,     none",
    "a.org,           http://b.a.org/,   none",
    "'x.org, .a.org', http://b.A.org/,   none",
    "*.a.org:80,      http://b.a.org/,   none",
    "*,               http://a.org/,     none",
    "a.org,           http://aa.org/,    cache.org:3128",
  })
  void someHostsNeedNone(String direct, String uri, String expected) {
    Map<String, String> environment = Map.of("http_proxy", "cache.org:3128", "no_proxy", direct);
    assertThat(address(proxy(uri, environment))).isEqualTo(expected);
  }

  @Test
  void aValueThatIsNoAddressIsRefusedAndNotShown() {
    assertThatThrownBy(() -> proxy("http://a.org/", Map.of("http_proxy", "http://me:secret@")))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "the environment variable http_proxy: expected the address of a proxy,"
                + " http://HOST:PORT");
  }
}
