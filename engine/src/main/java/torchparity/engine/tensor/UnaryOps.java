package torchparity.engine.tensor;

import static torchparity.engine.tensor.Declaration.unary;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.global.torch;

/** Operations on every element of one tensor. Integers are computed in the default dtype. */
public final class UnaryOps {
  public static final Op NEG =
      unary("neg", "The negative of each element.", x -> x.neg())
          .shows("[1.0 -2.0]", "[-1.0, 2.0]")
          .terms("minus", "negate");
  public static final Op SQRT =
      unary("sqrt", "Square root of each element; NaN below zero.", x -> x.sqrt())
          .shows("[4.0 9.0]", "[2.0, 3.0]")
          .terms("root");
  public static final Op EXP =
      unary("exp", "e to the power of each element.", x -> x.exp())
          .shows("[0.0]", "[1.0]")
          .terms("exponential");
  public static final Op SIN =
      unary("sin", "Sine of each element, in radians.", x -> x.sin()).shows("[0.0]", "[0.0]");
  public static final Op TANH =
      unary("tanh", "Hyperbolic tangent of each element.", x -> x.tanh())
          .shows("[0.0]", "[0.0]")
          .terms("activation");
  public static final Op SIGMOID =
      unary("sigmoid", "1 / (1 + exp(-x)) of each element.", x -> x.sigmoid())
          .shows("[0.0]", "[0.5]")
          .terms("logistic", "activation");

  private static final List<Op> FUNCTIONS =
      List.of(
          unary("abs", "Absolute value of each element.", x -> x.abs())
              .shows("[-1.5 2.0]", "[1.5, 2.0]")
              .terms("magnitude"),
          unary("sign", "-1, 0 or 1, after the sign of each element; NaN gives 0.", x -> x.sign())
              .shows("[-3.0 0.0 2.0]", "[-1.0, 0.0, 1.0]"),
          unary("signbit", "Whether each sign bit is set, that of -0.0 too.", x -> x.signbit())
              .shows("[-0.0 1.0]", "[true, false]"),
          unary("square", "Each element times itself.", x -> x.square())
              .shows("[3.0 -4.0]", "[9.0, 16.0]"),
          unary("rsqrt", "One divided by the square root of each element.", x -> x.rsqrt())
              .shows("[4.0 16.0]", "[0.5, 0.25]"),
          unary("reciprocal", "One divided by each element.", x -> x.reciprocal())
              .shows("[2.0 4.0]", "[0.5, 0.25]")
              .terms("inverse"),
          unary("exp2", "Two to the power of each element.", x -> x.exp2())
              .shows("[3.0 -1.0]", "[8.0, 0.5]"),
          unary(
                  "expm1",
                  "e to the power of each element, minus one; exact near zero.",
                  x -> x.expm1())
              .shows("[0.0]", "[0.0]"),
          unary("log", "Natural logarithm of each element.", x -> x.log())
              .shows("[1.0]", "[0.0]")
              .terms("ln", "logarithm"),
          unary("log2", "Logarithm to base two of each element.", x -> x.log2())
              .shows("[8.0 0.5]", "[3.0, -1.0]"),
          unary("log10", "Logarithm to base ten of each element.", x -> x.log10())
              .shows("[1.0]", "[0.0]"),
          unary(
                  "log1p",
                  "Natural logarithm of one plus each element; exact near zero.",
                  x -> x.log1p())
              .shows("[0.0]", "[0.0]"),
          unary("cos", "Cosine of each element, in radians.", x -> x.cos()).shows("[0.0]", "[1.0]"),
          unary("tan", "Tangent of each element, in radians.", x -> x.tan())
              .shows("[0.0]", "[0.0]"),
          unary("asin", "Angle in radians whose sine each element is.", x -> x.asin())
              .shows("[0.0]", "[0.0]")
              .terms("arcsin"),
          unary("acos", "Angle in radians whose cosine each element is.", x -> x.acos())
              .shows("[1.0]", "[0.0]")
              .terms("arccos"),
          unary("atan", "Angle in radians whose tangent each element is.", x -> x.atan())
              .shows("[0.0]", "[0.0]")
              .terms("arctan"),
          unary("sinh", "Hyperbolic sine of each element.", x -> x.sinh()).shows("[0.0]", "[0.0]"),
          unary("cosh", "Hyperbolic cosine of each element.", x -> x.cosh())
              .shows("[0.0]", "[1.0]"),
          unary("asinh", "Inverse hyperbolic sine of each element.", x -> x.asinh())
              .shows("[0.0]", "[0.0]")
              .terms("arcsinh"),
          unary("acosh", "Inverse hyperbolic cosine of each element.", x -> x.acosh())
              .shows("[1.0]", "[0.0]")
              .terms("arccosh"),
          unary("atanh", "Inverse hyperbolic tangent of each element.", x -> x.atanh())
              .shows("[0.0]", "[0.0]")
              .terms("arctanh"),
          unary("erf", "Error function of each element.", x -> x.erf()).shows("[0.0]", "[0.0]"),
          unary("erfc", "One minus the error function of each element.", x -> x.erfc())
              .shows("[0.0]", "[1.0]"),
          unary("lgamma", "Logarithm of the gamma function of each element.", x -> x.lgamma())
              .shows("[1.0]", "[0.0]")
              .terms("gammaln"),
          unary("digamma", "Derivative of lgamma at each element.", x -> x.digamma())
              .shows("[-1.0]", "[NaN]"),
          unary("floor", "The greatest integer not above each element.", x -> x.floor())
              .shows("[1.5 -1.5]", "[1.0, -2.0]"),
          unary("ceil", "The least integer not below each element.", x -> x.ceil())
              .shows("[1.5 -1.5]", "[2.0, -1.0]"),
          unary(
                  "round",
                  "The nearest integer to each element; of two, the even one.",
                  x -> x.round())
              .shows("[0.5 1.5 2.6]", "[0.0, 2.0, 3.0]"),
          unary("trunc", "The integer part of each element.", x -> x.trunc())
              .shows("[1.5 -1.5]", "[1.0, -1.0]")
              .terms("fix"),
          unary("frac", "What each element has beyond its integer part.", x -> x.frac())
              .shows("[1.5 -1.25]", "[0.5, -0.25]"),
          unary("deg2rad", "Degrees in radians.", x -> x.deg2rad()).shows("[0.0]", "[0.0]"),
          unary("rad2deg", "Radians in degrees.", x -> x.rad2deg()).shows("[0.0]", "[0.0]"),
          unary("sinc", "sin(pi x) / (pi x) of each element; 1 at zero.", x -> x.sinc())
              .shows("[0.0]", "[1.0]"),
          unary("relu", "Each element, or zero if it is less.", x -> x.relu())
              .shows("[-1.0 2.0]", "[0.0, 2.0]")
              .terms("activation", "rectifier"),
          unary("silu", "Each element times its sigmoid.", x -> torch.silu(x))
              .shows("[0.0]", "[0.0]")
              .terms("swish", "activation"),
          unary(
                  "log_sigmoid",
                  "Logarithm of the sigmoid; torch.nn.functional.logsigmoid.",
                  x -> torch.log_sigmoid(x))
              .shows("[-1000.0]", "[-1000.0]")
              .terms("logsigmoid", "activation"),
          unary("logit", "Logarithm of x / (1 - x) of each element.", x -> x.logit())
              .shows("[0.5]", "[0.0]"),
          unary("isnan", "Whether each element is NaN.", x -> x.isnan())
              .shows("[1.0 NaN]", "[false, true]"),
          unary("isinf", "Whether each element is infinite.", x -> x.isinf())
              .shows("[1.0 inf]", "[false, true]"),
          unary("isfinite", "Whether each element is neither infinite nor NaN.", x -> x.isfinite())
              .shows("[1.0 inf]", "[true, false]"),
          unary("logical_not", "Whether each element is zero.", x -> x.logical_not())
              .shows("[0 2]", "[true, false]")
              .terms("not"),
          unary("bitwise_not", "Each bit of each integer or bool inverted.", x -> x.bitwise_not())
              .shows("[0 5]", "[-1, -6]")
              .terms("not", "invert"));

  static final List<Op> ALL = all();

  private UnaryOps() {}

  private static List<Op> all() {
    List<Op> all = new ArrayList<>(List.of(NEG, SQRT, EXP, SIN, TANH, SIGMOID));
    all.addAll(FUNCTIONS);
    return all;
  }
}
