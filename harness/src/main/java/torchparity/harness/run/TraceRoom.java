package torchparity.harness.run;

/** How much of Java's memory traces may take. */
public final class TraceRoom {
  private static final int SHARE_OF_MEMORY = 8;

  private TraceRoom() {}

  /** Bytes for the traces of one port, or for one trace of a saved run. */
  public static long bytes() {
    return Runtime.getRuntime().maxMemory() / SHARE_OF_MEMORY;
  }
}
