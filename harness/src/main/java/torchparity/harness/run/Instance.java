package torchparity.harness.run;

import torchparity.cases.Case;
import torchparity.cases.Dtype;
import torchparity.cases.Products;

/** One case with one seed, one dtype and one way of products: the unit that is run and compared. */
public record Instance(Case question, long seed, Dtype dtype, Products products) {
  /** Unique in a run, and a folder's name: {@code sgd-training.seed-42.float32}. */
  public String id() {
    return "%s.seed-%d.%s%s"
        .formatted(question.name(), seed, dtype, products == Products.EXACT ? ".exact" : "");
  }

  /** What decides whether two ports agree here. */
  public Tier tier() {
    return products == Products.EXACT
        ? Tier.EXACT
        : dtype == Dtype.FLOAT64 ? Tier.FLOAT64 : Tier.FLOAT32;
  }
}
