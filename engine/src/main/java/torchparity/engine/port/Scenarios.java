package torchparity.engine.port;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import torchparity.cases.HostTensor;
import torchparity.cases.Job;
import torchparity.engine.port.ForwardPass.Model;
import torchparity.engine.tensor.NoGrad;
import torchparity.engine.tensor.Scope;
import torchparity.engine.tensor.Tensor;
import torchparity.engine.tensor.Torch;

/** The scenarios, with a probe at each agreed point. */
final class Scenarios {
  private static final Map<String, Scenario> BY_NAME =
      Map.of(
          "data-blobs", Scenarios::dataBlobs,
          "forward-pass", Scenarios::forwardPass,
          "cross-entropy", Scenarios::crossEntropy,
          "sgd-training", Scenarios::sgdTraining,
          "training-steps", Scenarios::trainingSteps,
          "decision-grid", Scenarios::decisionGrid);

  private final Torch torch;
  private final Parameters p;
  private final Inputs inputs;
  private final Recorder recorder;

  private Scenarios(Torch torch, Parameters p, Inputs inputs, Recorder recorder) {
    this.torch = torch;
    this.p = p;
    this.inputs = inputs;
    this.recorder = recorder;
  }

  private interface Scenario {
    void run(Scenarios scenarios);
  }

  /** What to run under {@code name}, or empty if this port does not know it. */
  static Optional<Runner> find(String name) {
    return Optional.ofNullable(BY_NAME.get(name))
        .map(
            scenario ->
                (torch, instance, recorder) ->
                    scenario.run(
                        new Scenarios(
                            torch,
                            new Parameters(instance.parameters()),
                            Inputs.read(instance.inputs()),
                            recorder)));
  }

  /** Runs a scenario. */
  interface Runner {
    void run(Torch torch, Job.Instance instance, Recorder recorder) throws IOException;
  }

  private record Start(Blobs.Data data, Model model) {}

  private Blobs.Data dataBlobs() {
    Blobs.Data data =
        inputs.find("data.X").isPresent()
            ? givenData()
            : new Blobs(torch)
                .generateData(
                    p.integer("n_samples"),
                    p.integer("centers"),
                    p.real("cluster_std"),
                    p.real("skew_factor"));
    recorder.probe("data.X", data.X());
    recorder.probe("data.y", data.y());
    return data;
  }

  private Blobs.Data givenData() {
    return new Blobs.Data(
        torch.tensor(inputs.get("data.X"), false), torch.tensor(inputs.get("data.y"), false));
  }

  private Start initial() {
    Blobs.Data data = dataBlobs();
    Model model =
        inputs.find("init.w1").isPresent()
            ? model(name -> inputs.get("init." + name))
            : new ForwardPass(torch).modelInit(2, p.integer("hidden_size"), 3);
    probeParameters("init", model);
    return new Start(data, model);
  }

  private Model model(Function<String, HostTensor> given) {
    return new Model(
        torch.tensor(given.apply("w1"), true),
        torch.tensor(given.apply("b1"), true),
        torch.tensor(given.apply("w2"), true),
        torch.tensor(given.apply("b2"), true));
  }

  private Start forwardPass() {
    Start start = initial();
    ForwardPass forward = new ForwardPass(torch);
    recorder.probe("forward.hidden", forward.modelHidden(start.model, start.data.X()));
    recorder.probe("forward.logits", forward.modelForwardPass(start.model, start.data.X()));
    return start;
  }

  private void crossEntropy() {
    Start start = forwardPass();
    CrossEntropy crossEntropy = new CrossEntropy(torch);
    Tensor logits = new ForwardPass(torch).modelForwardPass(start.model, start.data.X());
    Tensor logProbs = crossEntropy.logProbabilities(logits);
    recorder.probe("loss.log_probs", logProbs);
    recorder.probe("loss.chosen", crossEntropy.chosen(logProbs, start.data.y()));
    recorder.probe("loss.value", crossEntropy.crossEntropyLoss(logits, start.data.y()));
  }

  private void sgdTraining() {
    Start start = initial();
    int every = p.integer("state_every");
    if (every < 1 || every > p.integer("epochs")) {
      throw new IllegalArgumentException("parameter 'state_every' must be 1 to 'epochs'");
    }
    Stacks states = new Stacks();
    double[] losses =
        train(
            start,
            (epoch, loss) -> {
              if (epoch == 1) {
                start.model.byName().forEach(this::probeGrad);
                probeParameters("step", start.model);
              }
              if (epoch % every == 0) {
                start.model.byName().forEach((name, w) -> states.add("train." + name, w.toHost()));
              }
            });
    states.record(recorder);
    probeLosses(losses);
    probeParameters("final", start.model);
    try (NoGrad unused = torch.noGrad()) {
      Tensor logits = new ForwardPass(torch).modelForwardPass(start.model, start.data.X());
      recorder.probe("final.logits", logits);
      recorder.probe("final.classes", torch.argmax(logits, 1));
    }
  }

  /** One step from each of the given states: no time for rounding to grow. */
  private void trainingSteps() {
    Blobs.Data data = givenData();
    Stacks results = new Stacks();
    int states = Math.toIntExact(inputs.get("states.w1").shape().get(0));
    for (int s = 0; s < states; s++) {
      int state = s;
      try (Scope scope = new Scope()) {
        Model model = model(name -> inputs.get("states." + name).row(state));
        SgdTraining.AfterStep none = (epoch, loss) -> {};
        double[] loss =
            new SgdTraining(torch).train(model, data.X(), data.y(), 1, p.real("lr"), none);
        results.add("steps.loss", torch.tensor(loss[0]).toHost());
        model
            .byName()
            .forEach(
                (name, w) -> {
                  results.add("steps.grad." + name, gradOf(w).toHost());
                  results.add("steps." + name, w.toHost());
                });
      }
    }
    results.record(recorder);
  }

  private void decisionGrid() {
    Start start = initial();
    double[] losses = train(start, (epoch, loss) -> {});
    probeLosses(losses);
    DecisionGrid.Grid grid =
        new DecisionGrid(torch).classGrid(start.model, start.data.X(), p.real("grid_step"));
    recorder.probe("grid.xs", grid.xs());
    recorder.probe("grid.ys", grid.ys());
    recorder.probe("grid.logits", grid.logits());
    recorder.probe("grid.Z", grid.Z());
  }

  private double[] train(Start start, SgdTraining.AfterStep afterStep) {
    int epochs = p.integer("epochs");
    return new SgdTraining(torch)
        .train(
            start.model,
            start.data.X(),
            start.data.y(),
            epochs,
            p.real("lr"),
            (epoch, loss) -> {
              afterStep.accept(epoch, loss);
              if (epoch % 100 == 0) {
                recorder.step(epoch, epochs, loss);
              }
            });
  }

  private void probeGrad(String name, Tensor parameter) {
    recorder.probe("grad." + name, gradOf(parameter));
  }

  private Tensor gradOf(Tensor parameter) {
    return Objects.requireNonNull(torch.grad(parameter), "backward gave no gradient");
  }

  private void probeLosses(double[] losses) {
    recorder.probe("train.loss", torch.tensor(List.of((long) losses.length), losses));
  }

  private void probeParameters(String prefix, Model model) {
    model.byName().forEach((name, parameter) -> recorder.probe(prefix + "." + name, parameter));
  }
}
