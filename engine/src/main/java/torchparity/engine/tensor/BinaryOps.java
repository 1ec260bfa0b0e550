package torchparity.engine.tensor;

import static torchparity.engine.tensor.Declaration.arithmetic;
import static torchparity.engine.tensor.Declaration.binary;
import static torchparity.engine.tensor.Declaration.operand;
import static torchparity.engine.tensor.Declaration.operandParameter;
import static torchparity.engine.tensor.Declaration.truth;
import static torchparity.engine.tensor.Declaration.wrap;
import static torchparity.engine.tensor.Parameter.flag;
import static torchparity.engine.tensor.Parameter.piped;

import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Operations on the elements of two or three tensors, with broadcasting. */
public final class BinaryOps {
  private static final Parameter RTOL =
      flag("rtol", ParameterType.NUMBER, "allowed relative to the second, 1e-5 by default");
  private static final Parameter ATOL =
      flag("atol", ParameterType.NUMBER, "allowed on top of that, 1e-8 by default");
  private static final Parameter EQUAL_NAN =
      flag("equal_nan", ParameterType.BOOLEAN, "whether NaN equals NaN");

  private static final List<Op> FUNCTIONS =
      List.of(
          binary("minimum", "The lesser of two elements; NaN if either is.", (x, y) -> x.minimum(y))
              .between("[1.0 4.0]", "[2.0 3.0]", "[1.0, 3.0]")
              .terms("min"),
          binary(
                  "atan2",
                  "Angle in radians of the points (second, first), in its quadrant.",
                  (y, x) -> y.atan2(x))
              .between("[0.0]", "[1.0]", "[0.0]"),
          arithmetic(
                  "fmod",
                  "Remainder of a division, with the sign of the first.",
                  (x, y) -> x.fmod(y))
              .between("[-3.0 5.0]", "[2.0 3.0]", "[-1.0, 2.0]")
              .terms("modulo"),
          arithmetic(
                  "remainder",
                  "Remainder of a division, with the sign of the second, as in Python.",
                  (x, y) -> x.remainder(y))
              .between("[-3.0 5.0]", "[2.0 3.0]", "[1.0, 2.0]")
              .terms("modulo", "mod"),
          arithmetic("floor_divide", "Quotient, rounded down.", (x, y) -> x.floor_divide(y))
              .between("[-7 7]", "[2 2]", "[-4, 3]"),
          binary("hypot", "Length of the hypotenuse over two legs.", (x, y) -> x.hypot(y))
              .between("[3.0]", "[4.0]", "[5.0]"),
          arithmetic("copysign", "The first, with the sign of the second.", (x, y) -> x.copysign(y))
              .between("[1.0 2.0]", "[-5.0 5.0]", "[-1.0, 2.0]"),
          arithmetic(
                  "xlogy",
                  "The first times the logarithm of the second; 0 where the first is 0.",
                  (x, y) -> x.xlogy(y))
              .between("[0.0 2.0]", "[0.0 1.0]", "[0.0, 0.0]"),
          binary("logaddexp", "Logarithm of the sum of two exponentials.", (x, y) -> x.logaddexp(y))
              .between("[-inf]", "[3.0]", "[3.0]"),
          binary(
                  "heaviside",
                  "0 below zero, 1 above, the second at zero.",
                  (x, y) -> torch.heaviside(x, y))
              .between("[-1.0 0.0 1.0]", "[0.5]", "[0.0, 0.5, 1.0]"),
          arithmetic("eq", "Whether the first equals the second.", (x, y) -> x.eq(y))
              .between("[1 2 3]", "[2 2 2]", "[false, true, false]")
              .terms("compare"),
          arithmetic("ne", "Whether the first differs from the second.", (x, y) -> x.ne(y))
              .between("[1 2 3]", "[2 2 2]", "[true, false, true]")
              .terms("compare"),
          arithmetic("lt", "Whether the first is less than the second.", (x, y) -> x.lt(y))
              .between("[1 2 3]", "[2 2 2]", "[true, false, false]")
              .terms("compare"),
          arithmetic("le", "Whether the first is at most the second.", (x, y) -> x.le(y))
              .between("[1 2 3]", "[2 2 2]", "[true, true, false]")
              .terms("compare"),
          arithmetic("gt", "Whether the first is greater than the second.", (x, y) -> x.gt(y))
              .between("[1 2 3]", "[2 2 2]", "[false, false, true]")
              .terms("compare"),
          arithmetic("ge", "Whether the first is at least the second.", (x, y) -> x.ge(y))
              .between("[1 2 3]", "[2 2 2]", "[false, true, true]")
              .terms("compare"),
          binary("logical_and", "Whether both are other than zero.", (x, y) -> x.logical_and(y))
              .between("[true false]", "[true true]", "[true, false]")
              .terms("and"),
          binary("logical_or", "Whether either is other than zero.", (x, y) -> x.logical_or(y))
              .between("[true false]", "[false false]", "[true, false]")
              .terms("or"),
          binary(
                  "logical_xor",
                  "Whether exactly one is other than zero.",
                  (x, y) -> x.logical_xor(y))
              .between("[true false]", "[true true]", "[false, true]")
              .terms("xor"),
          arithmetic("bitwise_and", "Bits that both integers have.", (x, y) -> x.bitwise_and(y))
              .between("[12]", "[10]", "[8]"),
          arithmetic("bitwise_or", "Bits that either integer has.", (x, y) -> x.bitwise_or(y))
              .between("[12]", "[10]", "[14]"),
          arithmetic(
                  "bitwise_xor", "Bits that exactly one integer has.", (x, y) -> x.bitwise_xor(y))
              .between("[12]", "[10]", "[6]"));

  private static final List<Op> OTHERS =
      List.of(
          Op.of(
                  "pow",
                  "The first to the power of the second.",
                  (t, a) -> {
                    Tensor x = a.tensor(0).handle();
                    return wrap(
                        a.get(1) instanceof Number exponent
                            ? x.pow(Native.scalar(exponent))
                            : x.pow(a.tensor(1).handle()));
                  },
                  piped("tensor_id"),
                  operandParameter("exponent"))
              .terms("power", "exponent")
              .shows("[2.0 3.0]", "2", "[4.0, 9.0]"),
          Op.of(
                  "where",
                  "The first number where the condition holds, the second elsewhere.",
                  (t, a) ->
                      wrap(torch.where(a.tensor(0).handle(), operand(a.get(1)), operand(a.get(2)))),
                  piped("condition_id"),
                  operandParameter("tensor1_id"),
                  operandParameter("tensor2_id"))
              .terms("choose", "condition", "if")
              .shows("[true false]", "(torch tensor [1.0 2.0]) 0.0", "[1.0, 0.0]"),
          Op.of(
                  "lerp",
                  "start + weight (end - start).",
                  (t, a) -> {
                    Tensor start = a.tensor(0).handle();
                    Tensor end = a.tensor(1).handle();
                    return wrap(
                        a.get(2) instanceof Number weight
                            ? start.lerp(end, Native.scalar(weight))
                            : start.lerp(end, a.tensor(2).handle()));
                  },
                  piped("start_id"),
                  piped("end_id"),
                  operandParameter("weight"))
              .terms("interpolate", "blend")
              .shows("[0.0]", "(torch tensor [4.0]) 0.25", "[1.0]"),
          fused("addcmul", "The first plus value times the product of the others.", true),
          fused("addcdiv", "The first plus value times the quotient of the others.", false),
          Op.of(
                  "masked_fill",
                  "The value where the mask is true, the elements elsewhere.",
                  (t, a) ->
                      wrap(
                          a.tensor(0)
                              .handle()
                              .masked_fill(a.tensor(1).handle(), operand(a.get(2)))),
                  piped("tensor_id"),
                  piped("mask_id"),
                  operandParameter("value"))
              .shows("[1.0 2.0]", "(torch tensor [true false]) 0.0", "[0.0, 2.0]"),
          Op.of(
                  "isclose",
                  "Whether |first - second| <= atol + rtol |second|.",
                  (t, a) ->
                      wrap(
                          torch.isclose(
                              a.tensor(0).handle(),
                              a.tensor(1).handle(),
                              a.real(2, 1e-5),
                              a.real(3, 1e-8),
                              a.flag(4, false))),
                  piped("tensor1_id"),
                  piped("tensor2_id"),
                  RTOL,
                  ATOL,
                  EQUAL_NAN)
              .terms("compare", "tolerance")
              .between("[1.0 2.0]", "[1.0 2.1]", "[true, false]"),
          Op.of(
                  "allclose",
                  "Whether isclose holds for all elements: true or false.",
                  (t, a) ->
                      truth(
                          torch.allclose(
                              a.tensor(0).handle(),
                              a.tensor(1).handle(),
                              a.real(2, 1e-5),
                              a.real(3, 1e-8),
                              a.flag(4, false))),
                  piped("tensor1_id"),
                  piped("tensor2_id"),
                  RTOL,
                  ATOL,
                  EQUAL_NAN)
              .answers(Output.VALUE)
              .terms("compare", "tolerance")
              .example("torch allclose (torch tensor [1.0]) (torch tensor [1.000001])", "true"),
          Op.of(
                  "equal",
                  "Whether shapes and all elements are the same: true or false.",
                  (t, a) -> truth(torch.equal(a.tensor(0).handle(), a.tensor(1).handle())),
                  piped("tensor1_id"),
                  piped("tensor2_id"))
              .answers(Output.VALUE)
              .terms("compare", "same")
              .example("torch equal (torch tensor [1 2]) (torch tensor [1 2])", "true"));

  static final List<Op> ALL = Stream.concat(FUNCTIONS.stream(), OTHERS.stream()).toList();

  private BinaryOps() {}

  private static Op fused(String name, String summary, boolean product) {
    return Op.of(
            name,
            summary,
            (t, a) -> {
              Tensor x = a.tensor(0).handle();
              Tensor first = a.tensor(1).handle();
              Tensor second = a.tensor(2).handle();
              var value = Native.scalar(a.get(3) == null ? 1L : a.number(3));
              return wrap(
                  product ? x.addcmul(first, second, value) : x.addcdiv(first, second, value));
            },
            piped("tensor_id"),
            piped("tensor1_id"),
            piped("tensor2_id"),
            flag("value", ParameterType.NUMBER, "the factor, 1 by default"))
        .shows(
            "[1.0]",
            "(torch tensor [6.0]) (torch tensor [2.0]) --value 0.5",
            product ? "[7.0]" : "[2.5]");
  }
}
