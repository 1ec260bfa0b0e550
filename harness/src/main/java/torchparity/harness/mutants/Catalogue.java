package torchparity.harness.mutants;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import torchparity.cases.MalformedFileException;
import torchparity.cases.YamlLines;

/**
 * All mutants.
 *
 * @param families in the order of their files' names
 * @param pairs two mutants at once
 */
public record Catalogue(List<Family> families, List<MutantPair> pairs) {
  /** The causes that a mutant's truth may name; a diagnosis answers with one of them. */
  static final Set<String> CAUSES =
      new TreeSet<>(
          Set.of(
              "wrong-centre",
              "missing-op",
              "extra-op",
              "other-op",
              "other-constant",
              "swapped-arguments",
              "other-operand",
              "transposed",
              "wrong-axis",
              "sign",
              "order-of-draws",
              "rng-shift",
              "cast",
              "stale-gradients",
              "not-updated",
              "learning-rate",
              "sum-for-mean",
              "missing-bias",
              "missing-activation",
              "other-activation",
              "label-order",
              "permutation",
              "weight-decay",
              "momentum",
              "grid-bounds",
              "grid-axes",
              "off-by-one",
              "scale",
              "offset",
              "wrong-probe"));

  private static final String PAIRS = "pairs.yaml";

  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .disable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .build();

  public Catalogue {
    families = List.copyOf(families);
    pairs = List.copyOf(pairs);
  }

  /** Mutants of one kind; a file. */
  public record Family(String family, List<Mutant> mutants) {
    public Family {
      mutants = List.copyOf(mutants);
    }
  }

  private record Pairs(List<MutantPair> pairs) {}

  /**
   * Reads the files of {@code folder}.
   *
   * @throws MalformedFileException naming file, line and mutant of the first thing wrong
   */
  public static Catalogue read(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> entries = Files.list(folder)) {
      files = entries.filter(f -> f.getFileName().toString().endsWith(".yaml")).sorted().toList();
    }
    List<Family> families = new ArrayList<>();
    List<MutantPair> pairs = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (Path file : files) {
      if (file.endsWith(PAIRS)) {
        pairs.addAll(read(file, Pairs.class).pairs);
        continue;
      }
      Family family = read(file, Family.class);
      for (Mutant mutant : family.mutants) {
        problem(mutant, ids)
            .ifPresent(
                problem -> {
                  throw new MalformedFileException(file, "mutant " + mutant.id() + ": " + problem);
                });
      }
      families.add(family);
    }
    Catalogue catalogue = new Catalogue(families, pairs);
    catalogue.checkPairs(folder.resolve(PAIRS), ids);
    return catalogue;
  }

  /** Every mutant of every family. */
  public List<Mutant> mutants() {
    return families.stream().flatMap(f -> f.mutants.stream()).toList();
  }

  /** The mutants of {@code pair}. */
  List<Mutant> of(MutantPair pair) {
    return pair.of().stream()
        .map(id -> mutants().stream().filter(m -> m.id().equals(id)).findFirst().orElseThrow())
        .toList();
  }

  private static <T> T read(Path file, Class<T> type) throws IOException {
    String text = Files.readString(file);
    try {
      return YAML.treeToValue(YAML.readTree(text), type);
    } catch (JsonMappingException e) {
      StringBuilder pointer = new StringBuilder();
      e.getPath()
          .forEach(
              step ->
                  pointer
                      .append('/')
                      .append(step.getFieldName() == null ? step.getIndex() : step.getFieldName()));
      throw new MalformedFileException(
          file,
          "line %d: %s: %s"
              .formatted(
                  YamlLines.of(text).at(pointer.toString()),
                  pointer.isEmpty() ? "the file" : pointer.substring(1).replace('/', '.'),
                  e.getOriginalMessage()));
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
      throw new MalformedFileException(file, "line %d: %s".formatted(line, e.getOriginalMessage()));
    }
  }

  private static Optional<String> problem(Mutant mutant, Set<String> ids) {
    if (!mutant.id().matches("[a-z0-9-]{3,60}") || !ids.add(mutant.id())) {
      return Optional.of("an id is of a-z, 0-9 and -, and stands once in the catalogue");
    }
    if (mutant.edits().isEmpty()) {
      return Optional.of("it changes nothing");
    }
    for (String cause : mutant.causes()) {
      if (!CAUSES.contains(cause)) {
        return Optional.of("there is no cause '%s'; there are: %s".formatted(cause, CAUSES));
      }
    }
    boolean told =
        !mutant.lines().isEmpty() && !mutant.ops().isEmpty() && !mutant.causes().isEmpty();
    if (mutant.isBug() != told) {
      return Optional.of("a bug has lines, ops and causes; a harmless rewrite has none");
    }
    return Optional.empty();
  }

  private void checkPairs(Path file, Set<String> ids) {
    for (MutantPair pair : pairs) {
      if (!ids.add(pair.id()) || pair.of().size() != 2 || !ids.containsAll(pair.of())) {
        throw new MalformedFileException(
            file, "pair %s: it needs an id of its own and two ids of mutants".formatted(pair.id()));
      }
      if (of(pair).get(0).port() != of(pair).get(1).port()) {
        throw new MalformedFileException(
            file, "pair %s: its mutants are of different ports".formatted(pair.id()));
      }
    }
  }
}
