package torchparity.engine.port;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import torchparity.engine.port.ForwardPass.Model;
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
          "decision-grid", Scenarios::decisionGrid);

  private final Torch torch;
  private final Parameters p;
  private final Recorder recorder;

  private Scenarios(Torch torch, Parameters p, Recorder recorder) {
    this.torch = torch;
    this.p = p;
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
                (torch, parameters, recorder) ->
                    scenario.run(new Scenarios(torch, new Parameters(parameters), recorder)));
  }

  /** Runs a scenario. */
  interface Runner {
    void run(Torch torch, JsonNode parameters, Recorder recorder);
  }

  private record Start(Blobs.Data data, Model model) {}

  private Blobs.Data dataBlobs() {
    Blobs.Data data =
        new Blobs(torch)
            .generateData(
                p.integer("n_samples"),
                p.integer("centers"),
                p.real("cluster_std"),
                p.real("skew_factor"));
    recorder.probe("data.X", data.X());
    recorder.probe("data.y", data.y());
    return data;
  }

  private Start initial() {
    Blobs.Data data = dataBlobs();
    Model model = new ForwardPass(torch).modelInit(2, p.integer("hidden_size"), 3);
    probeParameters("init", model);
    return new Start(data, model);
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
    double[] losses =
        train(
            start,
            (epoch, loss) -> {
              if (epoch == 1) {
                start.model.byName().forEach(this::probeGrad);
                probeParameters("step", start.model);
              }
            });
    recorder.probe("train.loss", torch.tensor(List.of((long) losses.length), losses));
    probeParameters("final", start.model);
  }

  private void decisionGrid() {
    Start start = initial();
    train(start, (epoch, loss) -> {});
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
    recorder.probe("grad." + name, torch.grad(parameter).orElseThrow());
  }

  private void probeParameters(String prefix, Model model) {
    model.byName().forEach((name, parameter) -> recorder.probe(prefix + "." + name, parameter));
  }
}
