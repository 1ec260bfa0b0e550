# Checks of the plugin in the real nu: prints one line for each check that fails.

use std/assert

def check [name: string, body: closure] {
  try { do $body } catch {|e| print $"FAILED ($name): ($e.rendered? | default $e.msg)" }
}

def fails [message: string, body: closure] {
  let seen = try { do $body | ignore; "no error" } catch {|e| $e.msg }
  assert ($seen | str contains $message) $"expected '($message)', got '($seen)'"
}

check "numbers keep type and value" {
  assert equal (torch tensor [[1.5 -2.0] [0.1 3.0]] --dtype float64 | torch value) [[1.5 -2.0] [0.1 3.0]]
  assert equal (torch tensor [1 9007199254740993] | torch value) [1 9007199254740993]
  assert equal (torch tensor [true false] | torch value) [true false]
  assert equal (torch tensor -3.5 | torch value) (-3.5)
  assert equal (torch tensor 2.0 | torch value | describe) float
}

check "ranges" {
  assert equal (torch tensor 1..3 | torch value) [1 2 3]
  assert equal (torch tensor 3..1 | torch value) [3 2 1]
  assert equal (torch tensor 0..2..6 | torch value) [0 2 4 6]
  assert equal (torch tensor 0.0..0.5..2.0 | torch value) [0.0 0.5 1.0 1.5 2.0]
  assert equal (torch tensor (-1)..<1 | torch value) [-1 0]
  assert equal ([1..2 3..4] | torch tensor | torch value) [[1 2] [3 4]]
  fails "Invalid input" { torch tensor 1.. }
}

check "dtypes are PyTorch's" {
  assert equal (torch tensor [1.0] | torch dtype) float32
  assert equal (torch tensor [1 2] | torch dtype) int64
  assert equal (torch full [2] 7 | torch dtype) int64
  assert equal (torch arange 0 1 0.25 | torch dtype) float32
  assert equal (torch tensor [1.0] --dtype float64 | torch mean | torch dtype) float64
  assert equal (torch tensor [1.0] --dtype float64 | torch log_softmax --dim 0 | torch dtype) float64
  torch set_default_dtype float64
  assert equal (torch randn 2 | torch dtype) float64
  torch set_default_dtype float32
}

check "both call forms" {
  let a = torch tensor [[1.0 2.0] [3.0 4.0]]
  let b = torch tensor [[1.0 0.0] [0.0 2.0]]
  let product = [[1.0 4.0] [3.0 8.0]]
  assert equal ($a | torch mm $b | torch value) $product
  assert equal (torch mm $a $b | torch value) $product
  assert equal ([$a $b] | torch mm | torch value) $product
  fails "Invalid input count" { torch mm $a }
  fails "Conflicting input" { $a | torch neg $b }
  fails "Missing input" { torch neg }
  fails "Pipeline empty" { torch squeeze 0 }
}

check "shapes" {
  let a = torch tensor [[1.0 2.0 3.0]]
  assert equal ($a | torch t | torch shape) [3 1]
  assert equal ($a | torch squeeze 0 | torch shape) [3]
  assert equal ($a | torch unsqueeze -1 | torch shape) [1 3 1]
  assert equal ($a | torch repeat 2 1 | torch value) [[1.0 2.0 3.0] [1.0 2.0 3.0]]
  assert equal ($a | torch repeat_interleave 2 --dim 1 | torch shape) [1 6]
  assert equal ($a | torch reshape [3 -1] | torch shape) [3 1]
  assert equal ([$a $a] | torch stack --dim 0 | torch shape) [2 1 3]
  assert equal ([$a $a] | torch cat --dim 1 | torch shape) [1 6]
  assert equal ($a | torch gather 1 (torch tensor [[2 0]]) | torch value) [[3.0 1.0]]
  assert equal ($a | torch argmax --dim 1 | torch value) [2]
  assert equal ($a | torch max --dim 1 --keepdim true | torch value) [[3.0]]
  assert equal ($a | torch sum | torch value) 6.0
  assert equal (torch linspace 0 1 5 | torch value) [0.0 0.25 0.5 0.75 1.0]
}

check "gradients" {
  let w = torch tensor [1.0 2.0] --requires_grad true
  assert equal ($w | torch grad) null
  torch mul $w $w | torch sum | torch backward
  assert equal ($w | torch grad | torch value) [2.0 4.0]
  assert equal (torch sgd_step [$w] --lr 0.5) [$w]
  assert equal ($w | torch value) [0.0 0.0]
  assert equal ($w | torch zero_grad) [$w]
  assert equal ($w | torch grad | torch value) [0.0 0.0]
  assert equal (torch sub (torch tensor 1.0) (torch tensor 3.0) --alpha 2 | torch value) (-5.0)
}

check "streams that call the plugin themselves" {
  let joined = 1..500 | each {|i| [($i | into float)] | torch tensor } | torch cat
  assert equal ($joined | torch shape) [500]
}

check "an item of each is the input of its closure's first command" {
  fails "Eval block failed" { [1] | each {|i| torch tensor $i } | torch cat }
}

check "tidy keeps what it returns, also nested, and frees on error" {
  let made = torch tidy {
    let inner = torch tidy { {kept: (torch tensor 1.0) lost: ((torch tensor 2.0) | torch value)} }
    let lost = torch tensor 3.0
    {kept: $inner.kept id: ($lost | str uppercase)}
  }
  assert equal ($made.kept | torch value) 1.0
  fails "Tensor not found" { torch value ($made.id | str lowercase) }
  fails "boo" { torch tidy { torch tensor 1.0; error make {msg: "boo"} } }
  let listed = torch tidy { 1..3 | each {|i| $i | torch tensor } }
  assert equal ($listed | each {|id| $id | torch value }) [1 2 3]
}

check "free" {
  let a = torch tensor 1.0
  assert equal (torch free $a) [$a]
  fails "Tensor not found" { torch value $a }
  fails "Tensor not found" { torch free [$a] }
}

check "errors in PyTorch's words" {
  let a = torch randn 4 3
  fails "Incompatible dimensions" { torch mm $a $a }
  fails "Invalid dtype" { torch randn 2 --dtype float33 }
  fails "Invalid device" { torch randn 2 --device cuda }
  fails "Invalid shape" { torch tensor [[1 2] [3]] }
  fails "Invalid input" { torch tensor [1 "a"] }
  fails "Tensor not found" { torch neg "nonsense" }
}

check "an error points at the offending token" {
  let rendered = try { torch tensor [[1 2] [3 "x"]] } catch {|e| $e.rendered }
  assert ($rendered | str contains "expected a number, got string") $rendered
}

check "save" {
  let file = mktemp --tmpdir --suffix .safetensors
  {x: (torch tensor [1.0 2.0])} | torch save $file
  assert ((ls $file | first | get size) > 8b)
  rm $file
  fails "Pipeline empty" { torch save $file }
  fails "Invalid caller" { {x: (torch tensor 1.0)} | torch save $file --caller 3 }
  fails "Cannot write the file" { {x: (torch tensor 1.0)} | torch save /nowhere/x.safetensors }
}

check "load" {
  let file = mktemp --tmpdir --suffix .safetensors
  "no tensors at all" | save --force $file
  fails "Cannot read the file" { torch load $file }
  let rendered = try { torch load $file } catch {|e| $e.rendered }
  assert ($rendered | str contains $file) $rendered
  rm $file
  fails "Cannot read the file" { torch load $file }
}

check "settings and overview" {
  torch manual_seed 42
  let first = torch randn 3 | torch value
  torch manual_seed 42
  assert equal (torch randn 3 | torch value) $first
  assert equal (torch devices) [cpu]
  assert (torch | str contains "log_softmax")
  fails "Unknown command" { torch logsoftmax }
  assert (try { torch log_softmx; "" } catch {|e| $e.rendered } | str contains "log_softmax")
}

check "products without BLAS" {
  let w = torch tensor [[1.0 0.0] [0.0 2.0]] --requires_grad true
  torch set_products exact
  let product = torch mm (torch tensor [[1.0 2.0] [3.0 4.0]]) $w
  torch set_products blas
  assert equal ($product | torch value) [[1.0 4.0] [3.0 8.0]]
  $product | torch sum | torch backward
  assert equal ($w | torch grad | torch value) [[4.0 4.0] [6.0 6.0]]
  fails "Invalid products" { torch set_products fast }
}

print "done"
