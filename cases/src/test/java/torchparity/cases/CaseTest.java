package torchparity.cases;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The shipped cases, changed as options ask. */
class CaseTest {
  private static final Path SHIPPED = Path.of(System.getProperty("parity.root"), "cases");

  private static Case shipped(String name) throws IOException {
    return new CaseFolder(SHIPPED).read(SHIPPED.resolve(name + ".yaml"));
  }

  @Test
  void scalesWhatCountsEpochs() throws IOException {
    Case full = shipped("sgd-training");
    int epochs = full.parameters().get("epochs").asInt();
    int every = full.parameters().get("state_every").asInt();
    assertThat(epochs).isEqualTo(3000);
    assertThat(every).isGreaterThan(1).isLessThan(epochs);

    Case third = full.withEpochs(epochs / 3);
    assertThat(third.parameters().get("epochs")).isEqualTo(IntNode.valueOf(1000));
    assertThat(third.parameters().get("state_every").asInt())
        .isEqualTo((int) Math.round(every / 3.0));
    assertThat(third.parameters().get("lr")).isEqualTo(full.parameters().get("lr"));
    assertThat(full.withEpochs(1).parameters().get("state_every").asInt()).isEqualTo(1);
    assertThat(full.withEpochs(2 * epochs).parameters().get("state_every").asInt())
        .isEqualTo(2 * every);
    assertThat(full.parameters().get("epochs").asInt()).as("the case itself").isEqualTo(epochs);
  }

  @Test
  void hasNoEpochsIfItDoesNotTrain() throws IOException {
    Case blobs = shipped("data-blobs");

    assertThat(blobs.withEpochs(7)).isSameAs(blobs);
  }

  @Test
  void takesValuesOfItsOwnParametersAlone() throws IOException {
    Case blobs = shipped("data-blobs");

    assertThat(blobs.withParameter("n_samples", IntNode.valueOf(30)).parameters().get("n_samples"))
        .isEqualTo(IntNode.valueOf(30));
    assertThat(blobs.withParameter("epochs", IntNode.valueOf(30))).isSameAs(blobs);
  }

  @Test
  void knowsTheStatesOfItsTraining() throws IOException {
    Case.Training training = requireNonNull(shipped("sgd-training").training());

    assertThat(training.isState(training.states() + ".w1")).isTrue();
    assertThat(training.isState(training.curve())).isFalse();
    assertThat(training.isState("final.w1")).isFalse();
    assertThat(new Case.Training("train.loss", null, null, null, null, null).isState("train.w1"))
        .isFalse();
    assertThat(
            new Case.Training("train.loss", "train", null, null, null, null).isState("train.loss"))
        .isFalse();
  }
}
