# Cross-entropy, from log-probabilities and the ones that the targets choose.

# Logits [N, C] -> log-probabilities [N, C].
export def log_probabilities []: string -> string {
  torch log_softmax --dim 1
}

# Log-probabilities [N, C] -> those of the targets [N].
export def chosen [
  targets: string # Labels [N] int64
]: string -> string {
  torch gather 1 ($targets | torch unsqueeze 1) | torch squeeze 1
}

# Logits [N, C] -> the mean negative log-probability of the targets, a scalar.
export def cross_entropy_loss [
  targets: string # Labels [N] int64
]: string -> string {
  log_probabilities | chosen $targets | torch mean | torch neg
}
