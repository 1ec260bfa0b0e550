package torchparity.engine.tensor;

import org.bytedeco.javacpp.PointerScope;

/**
 * Owns the native memory of everything the facade makes on this thread while it is open. Scopes
 * nest; close them in reverse order, with try-with-resources.
 */
public final class Scope implements AutoCloseable {
  private final PointerScope pointers = new PointerScope();

  @Override
  public void close() {
    pointers.close();
  }
}
