package org.seq4j.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.compress.compressors.CompressorStreamFactory;

/**
 * A small Debian archive. The names of its source packages select the splits: lampo and moka are in
 * the training data, mara is in the test data, budia in the dev data of translations, and tifa in
 * that of summaries.
 */
final class MadeArchive {
  static final String PACKAGES =
      """
      Package: lampo
      Architecture: amd64
      Description: quick light for dark rooms

      Package: vasco
      Source: moka (1.2-3)
      Description: pot for strong coffee

      Package: mara
      Description: lake with many birds

      Package: mara-copy
      Source: mara

      Package: budia
      Package-Type: deb

      Package: tifa
      Section: misc
      """;

  static final String ENGLISH =
      """
      Package: lampo
      Description-md5: 01
      Description-en: quick light for dark rooms
       Lampo switches on the light
       in each room of a house, and it never   forgets one of them.
       .
       It needs no switch.

      Package: vasco
      Description-md5: 02
      description-EN: pot for strong coffee
       Vasco makes coffee for one, two or six people on any stove there is.

      Package: lampo-old
      Description-md5: 03
      Description-en: transitional package for lampo
       This package is empty and can be removed once lampo has been installed.

      Package: lampo-doc
      Description-md5: 04
      Description-en: documentation of lampo
       Documentation.

      Package: lampo-min
      Description-md5: 05
      Description-en: lampo
       Lampo switches on the light in each room, and it never forgets one of them.

      Package: lampo-nil
      Description-md5: 06
      Description-en: light without a text

      Package: lampo-bad
      Description-md5: 07

      Package: mara
      Description-md5: 08
      Description-en: lake with many birds
       Mara shows a lake with more than one hundred kinds of birds\u2026 and their songs.
       .
       It needs no switch.

      Package: mara-copy
      Description-md5: 09
      Description-en: copy of another package
       Vasco makes coffee for one, two or six people on any stove there is.

      Package: budia
      Description-md5: 10
      Description-en: village on a high mountain
       Budia is a game in which a village grows on a mountain, house by house.

      Package: tifa
      Description-md5: 11
      Description-en: drum with two skins
       Tifa plays a drum with two skins at any speed that a player can hear.

      Package: tifa
      Description-md5: 11
      Description-en: drum with two skins
       Tifa plays a drum with two skins at any speed that a player can hear.
      """;

  static final String ITALIAN =
      """
      Package: lampo
      Description-md5: 01
      Description-it: luce rapida per stanze buie
       Lampo accende la luce in ogni stanza di una casa\u00a0: non ne dimentica
       nessuna, perch\u00e9 \u00e8 attento.
       .
       Non serve alcun interruttore.

      Package: vasco
      Description-md5: 02
      Description-it: pot for strong coffee
       Vasco fa il caff\u00e8 per una, due o sei persone.
       .
       Su qualsiasi fornello.

      Package: lampo-doc
      Description-md5: 04
      Description-it: documentazione di lampo, che \u00e8 assai lunga e che nessuno ha mai letto tutta
       Documentazione.

      Package: gone
      Description-md5: 99
      Description-it: pacchetto che non c'\u00e8 pi\u00f9

      Package: mara
      Description-md5: 08
      Description-it: lago con molti uccelli
       Mara mostra un lago con pi\u00f9 di cento specie di uccelli e i loro canti.
       .
       Non serve alcun interruttore.

      Package: budia
      Description-md5: 10
      Description-it: villaggio su un'alta montagna
       Budia \u00e8 un gioco in cui un villaggio cresce su una montagna, casa per casa.

      Package: tifa
      Description-md5: 11
      """;

  private final Map<String, byte[]> files = new LinkedHashMap<>();
  private final StringBuilder sums = new StringBuilder();

  /** Creates an archive whose files have an extension, such as ".xz"; "" for plain text. */
  MadeArchive(String extension) {
    put("main/binary-amd64/Packages", extension, PACKAGES);
    put("main/i18n/Translation-en", extension, ENGLISH);
    put("main/i18n/Translation-it", extension, ITALIAN);
  }

  private void put(String path, String extension, String text) {
    byte[] content = text.getBytes(UTF_8);
    byte[] packed = packed(extension, content);
    files.put(path + extension, packed);
    sum(path, content);
    if (!extension.isEmpty() && !extension.equals(".lz4")) { // apt makes those itself
      sum(path + extension, packed);
    }
  }

  private void sum(String path, byte[] bytes) {
    sums.append(" ").append(sha256(bytes)).append("  ").append(bytes.length);
    sums.append(" ").append(path).append("\n");
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  static byte[] packed(String extension, byte[] content) {
    Map<String, String> formats =
        Map.of(
            ".xz", CompressorStreamFactory.XZ,
            ".gz", CompressorStreamFactory.GZIP,
            ".bz2", CompressorStreamFactory.BZIP2,
            ".zst", CompressorStreamFactory.ZSTANDARD,
            ".lz4", CompressorStreamFactory.LZ4_FRAMED);
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out =
        extension.isEmpty()
            ? packed
            : new CompressorStreamFactory()
                .createCompressorOutputStream(formats.get(extension), packed)) {
      out.write(content);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return packed.toByteArray();
  }

  private byte[] inRelease() {
    return """
        -----BEGIN PGP SIGNED MESSAGE-----
        Hash: SHA256

        Origin: Debian
        Suite: stable
        Version: 12.9
        Codename: bookworm
        Date: Sat, 11 Jan 2025 09:36:13 UTC
        Components: main contrib
        SHA256:
        %s-----BEGIN PGP SIGNATURE-----

        not verified
        -----END PGP SIGNATURE-----
        """
        .formatted(sums)
        .getBytes(UTF_8);
  }

  /** Writes the files as on a mirror. */
  void writeMirror(Path root) throws IOException {
    for (Map.Entry<String, byte[]> file : all(inRelease()).entrySet()) {
      Path path = root.resolve("dists/bookworm").resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue());
    }
  }

  /** Writes the files as the lists of apt. */
  void writeLists(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (Map.Entry<String, byte[]> file : all(inRelease()).entrySet()) {
      Files.write(folder.resolve(listed(file.getKey())), file.getValue());
    }
  }

  static String listed(String path) {
    return "deb.example.org_debian_dists_bookworm_" + path.replace('/', '_');
  }

  /** Writes the files with their own names, without InRelease. */
  void writePlain(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Files.write(folder.resolve(Path.of(file.getKey()).getFileName()), file.getValue());
    }
  }

  private Map<String, byte[]> all(byte[] inRelease) {
    Map<String, byte[]> all = new LinkedHashMap<>(files);
    all.put("InRelease", inRelease);
    return all;
  }
}
