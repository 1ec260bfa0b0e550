package torchparity.harness.run;

import torchparity.cases.Case;
import torchparity.cases.Dtype;

/** One case with one seed and one dtype: the unit that ports run and that is compared. */
public record Instance(Case question, long seed, Dtype dtype) {
  /** Unique in a run, and a folder's name: {@code sgd-training.seed-42.float32}. */
  public String id() {
    return "%s.seed-%d.%s".formatted(question.name(), seed, dtype);
  }
}
