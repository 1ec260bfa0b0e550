# What an error of libtorch points at, in the real nu: prints one line for each that misses.

def blames [token: string, body: closure] {
  let error = try { do $body | ignore; null } catch {|e| $e }
  let seen = if $error == null { "no error" } else {
    let span = $error.details.labels.0.span
    view span $span.start $span.end
  }
  if $seen != $token { print $"FAILED (view source $body): points at '($seen)', not at '($token)'" }
}

let a = torch randn 4 3
let b = torch tensor [1 2]

blames "$b" { torch cross_entropy $a $b }
blames "$b" { torch nll_loss $a $b }
blames "$b" { torch mse_loss $a $b }
blames "$a" { torch bmm $a $a }
blames "$b" { torch add $a $b }
blames "$b" { $a | torch masked_select $b }
blames "$a" { $a | torch index_select 0 $a }
blames "$a" { torch one_hot $a }
blames "$a" { torch backward $a }
blames "[$a $b]" { torch cat [$a $b] }
blames "$b" { torch stack [$a $b] }
blames "torch zeros" { torch cat [$a (torch zeros 9 9)] }
blames "5" { $a | torch narrow 5 0 1 }
blames "9" { $a | torch select 0 9 }
blames "9" { $a | torch topk 9 }
blames "0" { $a | torch split 0 }
blames "0" { $a | torch chunk 0 }
blames "-1" { torch pow $b -1 }
blames "-1" { torch linspace 0 1 -1 }
blames "-1" { torch eye -1 }
blames "-1" { torch randn -1 }
blames "0" { torch arange 0 1 0 }
blames "--dim 4" { torch sum $a --dim 4 }
blames "[5 5]" { $a | torch reshape [5 5] }
blames "[2 2]" { $a | torch expand [2 2] }
blames "[0 0]" { $a | torch permute [0 0] }
blames "[3 3]" { $a | torch unflatten 0 [3 3] }
blames "100000" { torch zeros 100000 1000000 }
blames "'x'" { torch tensor [[1 2] [3 'x']] }
blames "[3]" { torch tensor [[1 2] [3]] }
blames "$b" { $b | torch value $b }
blames "'gone'" { torch neg 'gone' }
blames "$nu.current-exe" { torch load $nu.current-exe }

print "done"
