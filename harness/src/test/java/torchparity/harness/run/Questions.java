package torchparity.harness.run;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import org.jspecify.annotations.Nullable;
import torchparity.cases.Case;

/** Cases that tests make up, without parameters. */
public final class Questions {
  private Questions() {}

  /** A case of this scenario, which is its name, too. */
  public static Case of(String scenario) {
    return of(scenario, List.of(), null);
  }

  /** The same with probes, and with training if there is any. */
  public static Case of(
      String scenario, List<Case.Probe> probes, Case.@Nullable Training training) {
    return new Case(
        scenario,
        "Made up",
        scenario,
        JsonNodeFactory.instance.objectNode(),
        List.of(1L),
        List.of("float32"),
        probes,
        List.of(),
        training,
        List.of());
  }
}
