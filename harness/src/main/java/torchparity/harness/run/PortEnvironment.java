package torchparity.harness.run;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import torchparity.harness.port.Port;

/**
 * The variables that a port gets: those by which programs find their way and numeric libraries
 * compute, and those that the user named. Nothing else is handed on, so no secret is.
 */
public final class PortEnvironment {
  /** Where things are, who asks, in which language. */
  private static final Set<String> WAYS =
      Set.of(
          "PATH",
          "HOME",
          "USER",
          "LOGNAME",
          "SHELL",
          "LANG",
          "LANGUAGE",
          "TZ",
          "TERM",
          "JAVA_HOME",
          "LD_LIBRARY_PATH",
          "DYLD_LIBRARY_PATH",
          "SYSTEMROOT");

  /** By which libraries compute otherwise; reports show these, and no others. */
  private static final Pattern NUMERIC =
      Pattern.compile(
          "(OMP|KMP|GOMP|MKL|OPENBLAS|GOTO|BLIS|VECLIB|ATEN|DNNL|ONEDNN|NUMEXPR|TORCH_PARITY)_[A-Z0-9_]+"
              + "|PYTHONHASHSEED|CUDA_VISIBLE_DEVICES|CUBLAS_WORKSPACE_CONFIG|LC_[A-Z]+");

  private PortEnvironment() {}

  /** True if reports may show the variable's value. */
  public static boolean isShown(String name) {
    return NUMERIC.matcher(name).matches();
  }

  /** {@code variables} as reports show them: of others than numeric settings the name alone. */
  public static Map<String, String> shown(Map<String, String> variables) {
    Map<String, String> shown = new TreeMap<>();
    variables.forEach((name, value) -> shown.put(name, isShown(name) ? value : "(not shown)"));
    return shown;
  }

  /**
   * The whole environment of a port's process.
   *
   * @param ours what this process has
   * @param temporary folder for the port's temporary files
   */
  static Map<String, String> of(Map<String, String> ours, Port port, int threads, Path temporary) {
    Map<String, String> given = handedOn(ours);
    for (String pool : List.of("OMP", "MKL", "OPENBLAS")) {
      given.put(pool + "_NUM_THREADS", String.valueOf(threads));
    }
    given.put("TMPDIR", temporary.toString());
    given.putAll(port.environment());
    return given;
  }

  /** What every program that we start may see of our own environment. */
  public static Map<String, String> handedOn(Map<String, String> ours) {
    Map<String, String> given = new LinkedHashMap<>();
    ours.forEach(
        (name, value) -> {
          if (WAYS.contains(name) || isShown(name)) {
            given.put(name, value);
          }
        });
    return given;
  }
}
