package torchparity.harness.diagnosis;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import torchparity.cases.OpLog;
import torchparity.harness.diagnosis.Diagnosis.Finding;
import torchparity.harness.diagnosis.Diagnosis.Status;
import torchparity.harness.diagnosis.Diagnosis.Tried;
import torchparity.harness.run.Replayer;

/**
 * Finds what was changed between two programs: it takes the first place where their results part,
 * has every hypothesis propose changes to the reference, replays them all, and keeps the one after
 * which most of the candidate is accounted for; then it goes on from there, so that two mistakes
 * are found one after the other.
 */
final class Search {
  private static final int MOST_ROUNDS = 8;
  private static final int MOST_REPLAYS = 160;
  private static final int MOST_CONFIRMED = 2;
  private static final int MOST_SUSPECTED = 2;

  /** A longer part of the candidate, put into the reference, proves nothing. */
  private static final int MOST_COPIED = 6;

  private final List<Hypothesis> hypotheses;
  private final Counterfactuals counterfactuals;

  /** Whether the candidate ended before it had recorded all that it should. */
  private boolean stopped;

  Search(List<Hypothesis> hypotheses, Replayer replays, Path folder, long seed) {
    this.hypotheses = List.copyOf(hypotheses);
    this.counterfactuals = new Counterfactuals(replays, folder, seed);
  }

  /**
   * What was found.
   *
   * @param note what stands in the way, or empty
   */
  record Result(Status status, List<Finding> findings, String note) {
    /** The same, and this is told, too. */
    Result also(String more) {
      String both = note.isEmpty() || more.isEmpty() ? note + more : note + "; " + more;
      return new Result(status, findings, both);
    }
  }

  /**
   * A suspicion and the replay with it.
   *
   * @param complete whether the replay gives the candidate
   */
  private record Attempt(Suspicion suspicion, OpGraph replayed, Divergence left, boolean complete) {
    int accounted() {
      return left.accounted();
    }

    boolean breaksOff() {
      return replayed.endsInFailure();
    }
  }

  Result run(OpLog reference, OpLog candidate) throws IOException, InterruptedException {
    OpGraph given = new OpGraph(reference);
    OpGraph actual = new OpGraph(candidate);
    Divergence divergence = Divergence.between(given, actual);
    if (divergence.isNone()) {
      return new Result(Status.ROUNDING, List.of(), "");
    }
    Result result = search(given, actual, divergence);
    Result told = new LastResort(counterfactuals).of(result, divergence);
    boolean namesFailure =
        told.findings().stream().anyMatch(f -> f.actual() != null && f.actual().error() != null);
    return namesFailure ? told : told.also(Findings.failure(actual));
  }

  private Result search(OpGraph given, OpGraph actual, Divergence first)
      throws IOException, InterruptedException {
    Divergence divergence = first;
    List<OpGraph> recorded = counterfactuals.asRecorded(given);
    OpGraph repeated = recorded.get(0);
    String obstacle = obstacle(given, repeated);
    if (!obstacle.isEmpty()) {
      return new Result(
          Status.UNEXPLAINED, List.of(Findings.bare(divergence, List.of())), obstacle);
    }
    divergence = Divergence.between(repeated, actual);
    stopped = divergence.candidateStops();
    List<Finding> findings = new ArrayList<>();
    int copied = 0;
    boolean borneOut = true;
    Attempt promoted = inFloat64(divergence, recorded.get(1));
    for (int round = 0; round < MOST_ROUNDS && !isComplete(divergence); round++) {
      List<Attempt> attempts = attempts(divergence);
      if (findings.isEmpty()) {
        attempts.add(promoted);
      }
      Optional<Attempt> best = best(attempts, divergence);
      List<Tried> tried = tried(attempts, divergence);
      Optional<String> otherProbe = divergence.otherProbe();
      if (otherProbe.isPresent() && best.isEmpty()) {
        findings.add(Findings.wrongProbe(divergence, otherProbe.get()));
        return result(true, findings, copied, borneOut);
      }
      Optional<Attempt> near = near(attempts, divergence);
      if (best.isEmpty() && near.isPresent()) {
        findings.add(Findings.of(divergence, near.get().suspicion, tried));
        return suspected(findings, "");
      }
      Divergence parted = divergence;
      boolean proven = best.isPresent() && best.get().complete;
      Optional<Suspicion> seen =
          proven
              ? Optional.empty()
              : Loops.loop(divergence)
                  .or(() -> Loops.momentum(parted))
                  .or(() -> Observation.gradients(parted))
                  .or(() -> Loops.passesPerStep(parted));
      if (seen.isEmpty() && best.isEmpty()) {
        seen = Observation.of(divergence);
      }
      if (seen.isPresent()) {
        findings.add(Findings.of(divergence, seen.get(), tried));
        return suspected(findings, "it was seen, and cannot be replayed");
      }
      if (best.isEmpty()) {
        findings.add(Findings.bare(divergence, tried));
        return findings.size() == 1
            ? new Result(Status.UNEXPLAINED, findings, "")
            : suspected(findings, "");
      }
      boolean follows = !findings.isEmpty() && Outside.mayFollow(divergence);
      if (!follows) {
        findings.add(Findings.of(divergence, best.get().suspicion, tried));
      }
      copied += best.get().suspicion.longest();
      borneOut &= best.get().suspicion.isBorneOut(divergence);
      divergence = best.get().left;
    }
    return result(isComplete(divergence), findings, copied, borneOut);
  }

  private static Result result(
      boolean complete, List<Finding> findings, int copied, boolean borneOut) {
    if (!borneOut) {
      return suspected(findings, "the candidate does not call it more often than the reference");
    }
    if (copied > MOST_COPIED) {
      return suspected(findings, "so many operations of the candidate could stand for anything");
    }
    if (findings.size() > MOST_CONFIRMED) {
      return suspected(findings, "so many changes together could explain anything");
    }
    return complete ? new Result(Status.CONFIRMED, findings, "") : suspected(findings, "");
  }

  /** What follows from a suspicion that may be wrong is hardly worth telling. */
  private static Result suspected(List<Finding> findings, String note) {
    List<Finding> told = findings.subList(0, Math.min(MOST_SUSPECTED, findings.size()));
    return new Result(Status.SUSPECTED, List.copyOf(told), note);
  }

  /** True if all is the same, or both sides end after the same results. */
  private boolean isComplete(Divergence left) {
    boolean bothEnd = stopped && left.reference().endsInFailure();
    return left.isNone() || (bothEnd && left.actual().isEmpty());
  }

  /** Why the reference itself cannot be replayed; empty if it can. */
  static String obstacle(OpGraph given, OpGraph replayed) {
    if (replayed.endsInFailure() && !given.endsInFailure()) {
      return "the reference cannot be replayed: " + replayed.record(replayed.size() - 1).error();
    }
    Divergence own = Divergence.between(given, replayed);
    return own.isNone()
        ? ""
        : "the engine does not repeat the reference: `%s` at %s gives other bits"
            .formatted(
                given.record(own.expected().isEmpty() ? 0 : own.expected().first()).op(),
                given.record(own.expected().isEmpty() ? 0 : own.expected().first()).place());
  }

  private Attempt inFloat64(Divergence d, OpGraph replayed) {
    Divergence left = Divergence.between(replayed, d.candidate());
    return new Attempt(Promotion.suspicion(d, replayed), replayed, left, isComplete(left));
  }

  private List<Attempt> attempts(Divergence divergence) throws IOException, InterruptedException {
    Map<List<Edit>, Suspicion> proposals = new LinkedHashMap<>();
    for (Hypothesis hypothesis : hypotheses) {
      for (Suspicion suspicion : hypothesis.about(divergence)) {
        proposals.putIfAbsent(suspicion.edits(), suspicion);
      }
    }
    List<Suspicion> suspicions = proposals.values().stream().limit(MOST_REPLAYS).toList();
    List<@Nullable OpGraph> replayed = counterfactuals.with(suspicions, divergence.reference());
    List<Attempt> attempts = new ArrayList<>();
    for (int i = 0; i < suspicions.size(); i++) {
      OpGraph graph = replayed.get(i);
      if (graph != null) {
        Divergence left = Divergence.between(graph, divergence.candidate());
        attempts.add(new Attempt(suspicions.get(i), graph, left, isComplete(left)));
      }
    }
    return attempts;
  }

  /**
   * The first that leaves nothing over, one that is borne out before others; else of those that
   * lead further the one that leaves least over on both sides, of equals the first; none if none
   * helps.
   */
  private Optional<Attempt> best(List<Attempt> attempts, Divergence before) {
    List<Attempt> complete = attempts.stream().filter(Attempt::complete).toList();
    if (!complete.isEmpty()) {
      return complete.stream()
          .filter(a -> a.suspicion.isBorneOut(before))
          .findFirst()
          .or(() -> Optional.of(complete.get(0)));
    }
    return attempts.stream()
        .filter(a -> a.accounted() > before.accounted())
        .min(
            Comparator.comparing((Attempt a) -> a.breaksOff() && !stopped)
                .thenComparingInt(a -> a.left.size()));
  }

  /**
   * The suspicion that leaves next to nothing of the difference, where bits cannot agree: some
   * functions round differently in the engine and in CPython.
   */
  private static Optional<Attempt> near(List<Attempt> attempts, Divergence before) {
    return attempts.stream().filter(a -> LastResort.isNear(before, a.replayed)).findFirst();
  }

  private static List<Tried> tried(List<Attempt> attempts, Divergence before) {
    return attempts.stream()
        .map(
            a -> {
              Residual left = Residual.of(before, a.replayed);
              return new Tried(
                  a.suspicion.cause(),
                  a.suspicion.claim(),
                  a.complete,
                  a.accounted(),
                  before.candidate().size(),
                  left == null ? null : left.share());
            })
        .toList();
  }
}
