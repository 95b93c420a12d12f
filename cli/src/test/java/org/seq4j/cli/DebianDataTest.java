package org.seq4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The corpora of a Debian archive whose files are in a folder. */
class DebianDataTest {
  private static final String LAMPO =
      "lampo:\tLampo switches on the light in each room of a house, and it never forgets one of"
          + " them. It needs no switch.\tquick light for dark rooms\n";
  private static final String VASCO =
      "vasco:\tVasco makes coffee for one, two or six people on any stove there is."
          + "\tpot for strong coffee\n";
  private static final String BUDIA =
      "budia:\tBudia is a game in which a village grows on a mountain, house by house."
          + "\tvillage on a high mountain\n";
  private static final String MARA =
      "mara:\tMara shows a lake with more than one hundred kinds of birds\u2026 and their songs."
          + " It needs no switch.\tlake with many birds\n";
  private static final String TIFA =
      "tifa:\tTifa plays a drum with two skins at any speed that a player can hear."
          + "\tdrum with two skins\n";

  @TempDir private Path folder;

  private Path lists() {
    return folder.resolve("lists");
  }

  private Path output() {
    return folder.resolve("data");
  }

  private CommandRun generate(Object... more) {
    Object[] words = new Object[7 + more.length];
    System.arraycopy(
        new Object[] {"data", "generate", "debian", "--lists", lists(), "--output", output()},
        0,
        words,
        0,
        7);
    System.arraycopy(more, 0, words, 7, more.length);
    return CommandRun.of(words);
  }

  private String read(String file) throws IOException {
    return Files.readString(output().resolve(file));
  }

  @ParameterizedTest
  @ValueSource(strings = {".xz", ".gz", ".bz2", ".lz4", ""})
  void summariesAreTextsAndTheirSynopses(String extension) throws IOException {
    new MadeArchive(extension).writeLists(lists());

    CommandRun run = generate();

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(read("summaries/train.tsv")).isEqualTo(LAMPO + VASCO + BUDIA);
    assertThat(read("summaries/dev.tsv")).isEqualTo(TIFA);
    assertThat(read("summaries/test.tsv")).isEqualTo(MARA);
    assertThat(run.err()).contains("reading ").doesNotContain("warning");
  }

  @Test
  void translationsAreSynopsesAndParagraphs() throws IOException {
    new MadeArchive(".xz").writeLists(lists());

    CommandRun run = generate("--languages", "it");

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(read("en-it/train.tsv"))
        .isEqualTo(
            "quick light for dark rooms\tluce rapida per stanze buie\n"
                + "Lampo switches on the light in each room of a house, and it never forgets one"
                + " of them.\tLampo accende la luce in ogni stanza di una casa : non ne dimentica"
                + " nessuna, perch\u00e9 \u00e8 attento.\n"
                + "It needs no switch.\tNon serve alcun interruttore.\n"
                + "Documentation.\tDocumentazione.\n");
    assertThat(read("en-it/dev.tsv"))
        .isEqualTo(
            "village on a high mountain\tvillaggio su un'alta montagna\n"
                + "Budia is a game in which a village grows on a mountain, house by house.\tBudia"
                + " \u00e8 un gioco in cui un villaggio cresce su una montagna, casa per casa.\n");
    assertThat(read("en-it/test.tsv"))
        .isEqualTo(
            "lake with many birds\tlago con molti uccelli\n"
                + "Mara shows a lake with more than one hundred kinds of birds\u2026 and their"
                + " songs.\tMara mostra un lago con pi\u00f9 di cento specie di uccelli e i loro"
                + " canti.\n");
    assertThat(output().resolve("summaries")).doesNotExist();
  }

  @Test
  void everythingLeftOutIsCounted() throws IOException {
    new MadeArchive(".lz4").writeLists(lists());

    CommandRun run = generate("--languages", "en,it");

    JsonNode sets = new ObjectMapper().readTree(read("debian.json")).get("sets");
    assertThat(sets.get("summaries"))
        .hasToString(
            "{\"descriptions\":12,\"train\":3,\"dev\":1,\"test\":1,\"left_out\":{\"no_field\":1,"
                + "\"shared\":1,\"no_text\":1,\"transitional\":1,\"short_text\":1,"
                + "\"short_synopsis\":1,\"test_in_training\":1}}");
    assertThat(sets.get("en-it"))
        .hasToString(
            "{\"descriptions\":7,\"train\":4,\"dev\":2,\"test\":2,\"left_out\":{\"no_field\":1,"
                + "\"no_english\":1,\"other_paragraphs\":1,\"not_translated\":1,"
                + "\"other_length\":1,\"test_in_training\":1}}");
    assertThat(run.out())
        .startsWith("Debian 12.9, bookworm, Sat, 11 Jan 2025 09:36:13 UTC\n")
        .contains("en-it                 7      4    2     2\n")
        .contains("        1  translations of descriptions that are not in the archive\n")
        .endsWith(output().resolve("debian.json") + "\n");
  }

  @Test
  void theRecordNamesTheFilesAndTheirChecksums() throws IOException {
    new MadeArchive(".gz").writeLists(lists());

    generate("--languages", "it");

    JsonNode record = new ObjectMapper().readTree(read("debian.json"));
    String name = MadeArchive.listed("main/i18n/Translation-it.gz");
    byte[] bytes = Files.readAllBytes(lists().resolve(name));
    assertThat(record.get("suite").asText()).isEqualTo("bookworm");
    assertThat(record.get("release").get("version").asText()).isEqualTo("12.9");
    assertThat(record.get("files").get(2))
        .hasToString(
            "{\"name\":\"%s\",\"bytes\":%s,\"sha256\":\"%s\",\"checked\":true}"
                .formatted(name, bytes.length, MadeArchive.sha256(bytes)));
  }

  @Test
  void plainNamesWithoutAnInReleaseAreReadWithAWarning() throws IOException {
    new MadeArchive(".xz").writePlain(lists());

    CommandRun run = generate();

    assertThat(run.status()).isZero();
    assertThat(read("summaries/test.tsv")).isEqualTo(MARA);
    assertThat(run.err())
        .contains(
            "warning: "
                + lists().resolve("Packages.xz")
                + " is not checked: no InRelease file beside it lists it\n");
  }

  @Test
  void aMalformedStanzaIsToldWithFileAndLine() throws IOException {
    new MadeArchive(".gz").writeLists(lists());
    Path italian = lists().resolve(MadeArchive.listed("main/i18n/Translation-it.gz"));
    String text = MadeArchive.ITALIAN.replace("Description-md5: 08", "Description-md5 08");
    Files.write(italian, MadeArchive.packed(".gz", text.getBytes(StandardCharsets.UTF_8)));

    CommandRun run = generate("--languages", "en,it");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err())
        .endsWith(
            "seq4j: "
                + italian
                + ", line 26: expected a field 'Name: value', a continuation line that begins"
                + " with a space, or an empty line between stanzas; got 'Description-md5 08'\n");
    assertThat(output()).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(strings = {".xz", ".lz4"})
  void aFileThatIsNotTheReleasesIsRefused(String extension) throws IOException {
    new MadeArchive(extension).writeLists(lists());
    Path english = lists().resolve(MadeArchive.listed("main/i18n/Translation-en" + extension));
    String text = MadeArchive.ENGLISH.replace("six people", "sixty people");
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    byte[] packed = MadeArchive.packed(extension, bytes);
    Files.write(english, packed);

    CommandRun run = generate();

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err())
        .endsWith(
            "seq4j: %s: its SHA-256 sum is %s, that of its content %s; the InRelease file beside it has neither. It is damaged or of another day: fetch the files again, all at the same time\n"
                .formatted(english, MadeArchive.sha256(packed), MadeArchive.sha256(bytes)));
    assertThat(output()).isEmptyDirectory();
  }

  @Test
  void aLanguageWithoutTranslationsIsAnError() throws IOException {
    new MadeArchive(".xz").writeLists(lists());

    CommandRun run = generate("--languages", "it,pt_BR");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err())
        .isEqualTo(
            "seq4j: "
                + lists()
                + ": no file Translation-pt_BR; the folder has: en, it. Name a folder that has them"
                + " (--lists), or an archive to fetch them from (--mirror)\n");
  }

  @Test
  void theNameOfALanguageWithARegionIsThatOfApt() throws IOException {
    new MadeArchive(".xz").writeLists(lists());
    Path italian = lists().resolve(MadeArchive.listed("main/i18n/Translation-it.xz"));
    Files.delete(italian);
    byte[] text =
        MadeArchive.ITALIAN
            .replace("Description-it", "Description-it_CH")
            .getBytes(StandardCharsets.UTF_8);
    Files.write(
        italian.resolveSibling(MadeArchive.listed("main/i18n/Translation-it") + "%5fCH.xz"),
        MadeArchive.packed(".xz", text));

    assertThat(generate("--languages", "it_CH").status()).isZero();
    assertThat(read("en-it_CH/dev.tsv")).startsWith("village on a high mountain\tvillaggio");
  }

  @Test
  void anEmptyFolderIsAnError() throws IOException {
    Files.createDirectories(lists());

    CommandRun run = generate();

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err())
        .isEqualTo(
            "seq4j: "
                + lists()
                + ": no file Translation-en of the component main, which has the descriptions of"
                + " packages; apt fetches it only if Acquire::Languages has en. Name a folder that"
                + " has them (--lists), or an archive to fetch them from (--mirror)\n");
  }

  @Test
  void aMissingFolderIsAnError() {
    CommandRun run = generate();
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err())
        .isEqualTo("seq4j: cannot read " + lists() + ": no such file or folder: " + lists() + "\n");
  }

  @Test
  void oneOfSeveralSuitesHasToBeNamed() throws IOException {
    new MadeArchive(".xz").writeLists(lists());
    for (String path : new String[] {"binary-amd64_Packages.xz", "i18n_Translation-en.xz"}) {
      String bookworm = "deb.example.org_debian_dists_bookworm_main_" + path;
      Files.copy(
          lists().resolve(bookworm), lists().resolve(bookworm.replace("bookworm", "sid_extra")));
    }

    CommandRun run = generate();

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err())
        .isEqualTo(
            "seq4j: "
                + lists()
                + " has descriptions of several suites. Choose one with --suite: bookworm,"
                + " sid_extra\n");
    assertThat(generate("--suite", "sid/extra").status()).isZero();
    assertThat(generate("--suite", "trixie").err())
        .startsWith("seq4j: " + lists() + ": no descriptions of the suite trixie; the folder has:");
  }

  @Test
  void anOutputThatCannotBeWrittenIsAnError() throws IOException {
    new MadeArchive(".xz").writeLists(lists());
    Files.writeString(output(), "in the way");

    CommandRun run = generate();

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err())
        .isEqualTo(
            "seq4j: cannot write "
                + output()
                + ": a file is in the way: "
                + output()
                + "; check the folder and the space on the disk\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "reverse --languages en      | --languages, --lists, --mirror, --suite and --component are options of debian, not of reverse",
        "debian --languages en,Welsh | --languages: expected codes such as en,it,pt_BR, got 'Welsh'",
        "debian --mirror http://x.y  | --mirror requires --suite, for example --suite bookworm",
        "debian --mirror x --lists y | --lists and --mirror exclude each other",
        "debian --mirror x --suite y | --mirror: expected an address such as http://deb.debian.org/debian, got 'x'",
        "debian --suite ../../x:     | --suite and --component: expected a name, got '../../x:'",
      })
  void optionsThatDoNotFitAreWrongUsage(String arguments, String message) {
    CommandRun run =
        CommandRun.of(
            (Object[]) ("data generate " + arguments + " --output " + output()).split(" ", -1));
    assertThat(run.err()).startsWith("seq4j: " + message + "\n");
    assertThat(run.status()).isEqualTo(2);
    assertThat(output()).doesNotExist();
  }
}
