package torchparity.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** THIRD-PARTY.md says what the bill of materials, pip's pins and npm's lock files say. */
class ThirdPartyTest {
  private static final Path ROOT = Path.of(System.getProperty("parity.root"));
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern PIN =
      Pattern.compile("(?m)^([A-Za-z0-9_-]+)==([^;\\s]+)(?:; python_version \\S+ \"[0-9.]+\")?$");

  /** Libraries whose pom names a licence that CycloneDX takes for another. */
  private static final Map<String, String> MISREAD = Map.of("org.jline", "BSD-4-Clause");

  /** A row. */
  record Part(String name, String version, String licence) implements Comparable<Part> {
    @Override
    public int compareTo(Part other) {
      return (name + " " + version).compareTo(other.name + " " + other.version);
    }
  }

  @Test
  void listsEveryLibraryOfTheBillOfMaterials() throws IOException {
    assumeThat(ROOT.resolve("harness/target/bom.json"))
        .as("Maven makes a bill of materials only while it is online")
        .exists();
    JsonNode bill = read("harness/target/bom.json");
    assertThat(bill.get("bomFormat").asText()).isEqualTo("CycloneDX");
    TreeSet<Part> billed = new TreeSet<>();
    for (JsonNode component : bill.get("components")) {
      String group = component.get("group").asText();
      if (!group.equals("torchparity")) {
        billed.add(
            new Part(
                group + ":" + component.get("name").asText(),
                component.get("version").asText(),
                licence(group, component)));
      }
    }

    assertThat(rows("Java libraries")).hasSizeGreaterThan(20).containsExactlyElementsOf(billed);
  }

  @Test
  void listsVersionsThatTheProgramRunsWith() throws IOException {
    List<String> used =
        Stream.of(System.getProperty("java.class.path").split(":", -1))
            .map(path -> Path.of(path).getFileName().toString())
            .toList();

    assertThat(rows("Java libraries"))
        .extracting(part -> part.name.replaceFirst(".*:", "") + "-" + part.version + ".jar")
        .isSubsetOf(used);
  }

  @Test
  void listsEveryPinnedPythonPackage() throws IOException {
    String pins = Files.readString(ROOT.resolve("python/requirements.txt"));
    Map<String, List<String>> versions = new TreeMap<>();
    for (MatchResult pin : PIN.matcher(pins).results().toList()) {
      versions.computeIfAbsent(pin.group(1), name -> new ArrayList<>()).add(pin.group(2));
    }

    assertThat(pins.lines().filter(line -> !line.isEmpty() && !line.startsWith("#")))
        .as("lines that pin one exact version")
        .allMatch(line -> PIN.matcher(line).matches());
    assertThat(rows("Python packages"))
        .allMatch(part -> !part.licence.isBlank())
        .extracting(part -> part.name + " " + part.version)
        .containsExactlyInAnyOrderElementsOf(
            versions.entrySet().stream()
                .map(pin -> pin.getKey() + " " + String.join(", ", pin.getValue()))
                .toList());
  }

  @Test
  void pinsEveryPythonPackageThatIsInstalled() throws IOException {
    List<String> pinned =
        rows("Python packages").stream()
            .flatMap(part -> Stream.of(part.version.split(", ", -1)).map(v -> part.name + " " + v))
            .map(ThirdPartyTest::normal)
            .toList();
    List<String> installed = new ArrayList<>();
    for (Path packages : children(ROOT.resolve("python/.venv/lib"), "python3*")) {
      for (Path record : children(packages.resolve("site-packages"), "*.dist-info")) {
        String name = record.getFileName().toString().replaceFirst("(\\+.*)?\\.dist-info$", "");
        installed.add(normal(name.replaceFirst("-(?=[^-]*$)", " ")));
      }
    }

    assertThat(installed)
        .hasSizeGreaterThan(20)
        .filteredOn(name -> !name.matches("(pip|nvidia_.*|cuda_.*|triton) .*"))
        .isSubsetOf(pinned);
  }

  @Test
  void listsEveryLockedNpmPackage() throws IOException {
    TreeSet<Part> locked = new TreeSet<>();
    for (String folder : List.of("nu", "harness/pages")) {
      JsonNode asked = read(folder + "/package.json").get("dependencies");
      JsonNode packages = read(folder + "/package-lock.json").get("packages");
      assertThat(packages.get("").get("dependencies")).isEqualTo(asked);
      for (Map.Entry<String, JsonNode> entry : packages.properties()) {
        if (!entry.getKey().isEmpty()) {
          locked.add(locked(entry.getKey(), entry.getValue()));
        }
      }
    }

    assertThat(rows("npm packages")).isNotEmpty().containsExactlyElementsOf(locked);
  }

  private static Part locked(String folder, JsonNode locks) {
    assertThat(locks.get("integrity").asText()).startsWith("sha512-");
    assertThat(locks.has("resolved")).as("names no registry").isFalse();
    return new Part(
        folder.replaceFirst("^node_modules/", ""),
        locks.get("version").asText(),
        locks.get("license").asText());
  }

  /** The table below the heading that starts so, in the order of names. */
  private static List<Part> rows(String heading) throws IOException {
    String text = Files.readString(ROOT.resolve("THIRD-PARTY.md"));
    String section = text.split("(?m)^## " + heading, 2)[1].split("(?m)^## ", 2)[0];
    return section
        .lines()
        .filter(line -> line.startsWith("| `"))
        .map(line -> line.split("\\s*\\|\\s*"))
        .map(cells -> new Part(cells[1].replace("`", ""), cells[2], cells[3]))
        .sorted()
        .toList();
  }

  private static String licence(String group, JsonNode component) {
    List<String> ids = new ArrayList<>();
    component.get("licenses").forEach(l -> ids.add(l.at("/license/id").asText()));
    String all = ids.stream().sorted().collect(Collectors.joining(" OR "));
    return all.equals(MISREAD.get(group)) ? "BSD-3-Clause" : all;
  }

  /**
   * A package's name is the same in either case, and with any of three characters between words.
   */
  private static String normal(String name) {
    String[] words = name.split(" ", -1);
    return words[0].toLowerCase(Locale.ROOT).replaceAll("[-.]", "_") + " " + words[1];
  }

  private static List<Path> children(Path folder, String glob) throws IOException {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, glob)) {
      all.forEach(found::add);
    }
    return found;
  }

  private static JsonNode read(String file) throws IOException {
    return JSON.readTree(ROOT.resolve(file).toFile());
  }
}
