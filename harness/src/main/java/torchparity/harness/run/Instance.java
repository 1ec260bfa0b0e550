package torchparity.harness.run;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import torchparity.cases.Case;
import torchparity.cases.Dtype;
import torchparity.cases.Job;
import torchparity.cases.LogWindow;
import torchparity.cases.Products;

/**
 * One case with one seed, one dtype and one way of products: the unit that is run and compared.
 *
 * @param setting what it starts from and what is put in, beyond the case
 */
public record Instance(Case question, long seed, Dtype dtype, Products products, Setting setting) {
  static final String STEPS = "steps";
  static final String ISOLATED = "isolated";

  public Instance(Case question, long seed, Dtype dtype, Products products) {
    this(question, seed, dtype, products, Setting.NONE);
  }

  /**
   * What a run starts from and what is put into it.
   *
   * @param label tells it from the plain instance; empty for that one
   * @param inputs tensor file in place of draws, or null
   * @param noise at matrix products, or null
   * @param draws dtype of the draws where it is not the run's own, or null
   */
  public record Setting(
      String label, @Nullable Path inputs, Job.@Nullable Noise noise, @Nullable Dtype draws) {
    public static final Setting NONE = new Setting("", null, null, null);

    private String joined(String more) {
      return label.isEmpty() ? more : label + "." + more;
    }

    /** The same start with noise. */
    public Setting withNoise(Job.Noise added) {
      return new Setting(joined("noise-" + added.seed()), inputs, added, draws);
    }

    /** The same start a second time. */
    public Setting again() {
      return new Setting(joined("again"), inputs, noise, draws);
    }

    /** The same start, its draws made in {@code dtype} and cast. */
    public Setting withDraws(Dtype dtype) {
      return new Setting(joined("draws-" + dtype), inputs, noise, dtype);
    }
  }

  /** Unique in a run, and a folder's name: {@code sgd-training.seed-42.float32}. */
  public String id() {
    return "%s.seed-%d.%s%s%s"
        .formatted(
            question.name(),
            seed,
            dtype,
            products == Products.EXACT ? ".exact" : "",
            setting.label.isEmpty() ? "" : "." + setting.label);
  }

  /** What decides whether two ports agree here. */
  public Tier tier() {
    return products == Products.EXACT
        ? Tier.EXACT
        : dtype == Dtype.FLOAT64 ? Tier.FLOAT64 : Tier.FLOAT32;
  }

  /** The same question with another start. */
  public Instance with(Setting other) {
    return new Instance(question, seed, dtype, products, other);
  }

  /** The same question in another dtype. */
  public Instance with(Dtype other) {
    return new Instance(question, seed, other, products, setting);
  }

  /** True if it does single steps from the states of another run. */
  public boolean isSteps() {
    return setting.label.startsWith(STEPS);
  }

  /** True if it starts from another run's tensors instead of its own. */
  public boolean isIsolated() {
    return setting.label.startsWith(ISOLATED);
  }

  /** What it starts from: {@code own} draws, {@code steps} or {@code isolated}. */
  public String start() {
    return isSteps() ? STEPS : isIsolated() ? ISOLATED : "own";
  }

  Job.Instance toJob(Path folder, @Nullable LogWindow log) {
    return new Job.Instance(
        id(),
        question.scenario(),
        dtype.torchName(),
        seed,
        question.parameters(),
        folder.resolve(id()),
        products,
        setting.inputs,
        setting.noise,
        setting.draws == null ? null : setting.draws.torchName(),
        log);
  }
}
