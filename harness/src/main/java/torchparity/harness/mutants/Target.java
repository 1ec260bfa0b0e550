package torchparity.harness.mutants;

/** A port that mutants are made of: where its sources are, and how a run takes the mutant. */
public enum Target {
  /** Beside the unchanged Python port, which stays the reference; being of one engine, exact. */
  PYTHON("python", ".py", "port.py"),
  NU("nu", ".nu", "port.nu"),
  JVM("engine/src/main/java/torchparity/engine/port", ".java", "jvm_port");

  private final String folder;
  private final String extension;
  private final String program;

  Target(String folder, String extension, String program) {
    this.folder = folder;
    this.extension = extension;
    this.program = program;
  }

  /** The folder of its sources, in the project. */
  String folder() {
    return folder;
  }

  /** What names of its source files end with. */
  String extension() {
    return extension;
  }

  /** The file that is started, in the mutant's folder. */
  String program() {
    return program;
  }
}
