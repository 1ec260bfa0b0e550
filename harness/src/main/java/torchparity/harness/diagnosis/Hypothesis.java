package torchparity.harness.diagnosis;

import java.util.List;

/** A way in which ports go wrong: it looks at a divergence and proposes what could explain it. */
interface Hypothesis {
  /** Proposals, the likeliest first; whether one holds is for the replay to say. */
  List<Suspicion> about(Divergence divergence);
}
