package torchparity.engine.tensor;

/**
 * One call of an operation's command, for its help; a test runs it.
 *
 * @param code Nushell code that ends in a value
 * @param result that value, in Nushell's own notation
 */
public record Example(String code, String result) {}
