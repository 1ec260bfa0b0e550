package torchparity.engine.plugin.protocol;

import java.util.List;

/** What Nushell's parser accepts for a parameter (its SyntaxShape). */
public sealed interface Shape {
  /** A shape without parts, by Nushell's name. */
  record Plain(String name) implements Shape {}

  record ListOf(Shape item) implements Shape {}

  /** Any of {@code shapes}, tried in order. */
  record OneOf(List<Shape> shapes) implements Shape {
    public OneOf {
      shapes = List.copyOf(shapes);
    }
  }

  /** A block of code. */
  record Closure() implements Shape {}

  Shape ANY = new Plain("Any");
  Shape STRING = new Plain("String");
  Shape INT = new Plain("Int");
  Shape NUMBER = new Plain("Number");
  Shape BOOLEAN = new Plain("Boolean");
  Shape INTS = new ListOf(INT);
  Shape STRINGS = new ListOf(STRING);
  Shape TENSORS = new OneOf(List.of(STRINGS, STRING));

  /** A file; unlike a string it may start with {@code ~}. */
  Shape FILE = new Plain("Filepath");
}
