package torchparity.engine.plugin.protocol;

/** A type that goes into or comes out of a command's pipeline. */
public enum NuType {
  ANY,
  NOTHING,
  STRING,
  STRINGS,
  BOOL,
  INTS,
  RECORD
}
