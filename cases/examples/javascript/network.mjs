// The network in plain JavaScript: no torch, loops over typed arrays, rounded to the dtype when stored.

export const NAMES = ['w1', 'b1', 'w2', 'b2'];

/** (N, K) times the transpose of (M, K), plus a row of M: (N, M). */
function linear(real, x, w, b, n, k, m) {
  const out = new real(n * m);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < m; j++) {
      let sum = b[j];
      for (let l = 0; l < k; l++) sum += x[i * k + l] * w[j * k + l];
      out[i * m + j] = sum;
    }
  return out;
}

/** The transpose of (N, M) times (N, K): (M, K), and the sum of (N, M) over its rows: (M). */
function gradients(real, up, x, n, m, k) {
  const w = new Float64Array(m * k), b = new Float64Array(m);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < m; j++) {
      b[j] += up[i * m + j];
      for (let l = 0; l < k; l++) w[j * k + l] += up[i * m + j] * x[i * k + l];
    }
  return [real.from(w), real.from(b)];
}

/** A sum whose rounding grows with the logarithm of the length, as torch's does. */
const pairwise = (x, half = x.length >> 1) =>
  half === 0 ? x[0] : pairwise(x.subarray(0, half)) + pairwise(x.subarray(half));

export function forward({ n, inp, hid, out, real }, model, X) {
  const hidden = linear(real, X, model.w1, model.b1, n, inp, hid).map((v) => Math.max(0, v));
  return { hidden, logits: linear(real, hidden, model.w2, model.b2, n, hid, out) };
}

function logSoftmax({ n, out, real }, logits) {
  const result = new real(n * out);
  for (let i = 0; i < n; i++) {
    const row = logits.subarray(i * out, (i + 1) * out), most = Math.max(...row);
    const log = Math.log(row.reduce((sum, v) => sum + Math.exp(v - most), 0));
    row.forEach((v, j) => (result[i * out + j] = v - most - log));
  }
  return result;
}

/** One step of gradient descent in place; answers with the loss before it and the gradients. */
export function trainStep(size, model, X, y, lr) {
  const { n, inp, hid, out, real } = size, { hidden, logits } = forward(size, model, X);
  const logProbs = logSoftmax(size, logits), isLabel = (i) => i % out === Number(y[(i / out) | 0]);
  const loss = -pairwise(logProbs.filter((_, i) => isLabel(i))) / n;
  const up = real.from(logProbs, (v, i) => (Math.exp(v) - (isLabel(i) ? 1 : 0)) / n), below = new real(n * hid);
  for (let i = 0; i < n * hid; i++) // ReLU passes what was above zero
    for (let j = 0; j < out && hidden[i] > 0; j++) below[i] += up[((i / hid) | 0) * out + j] * model.w2[j * hid + (i % hid)];
  const [w2, b2] = gradients(real, up, hidden, n, out, hid), [w1, b1] = gradients(real, below, X, n, hid, inp);
  const grads = { w1, b1, w2, b2 };
  for (const name of NAMES) grads[name].forEach((g, i) => (model[name][i] -= lr * g));
  return { loss, grads };
}

/** What the job gives, in the run's dtype: points, labels, parameters, and all sizes. */
export function start(given, { real }, prefix, shape) {
  const [n, inp] = given['data.X'].shape, [hid] = shape('w1'), [out] = shape('b2');
  const shapes = Object.fromEntries(NAMES.map((name) => [name, shape(name)]));
  const model = Object.fromEntries(NAMES.map((name) => [name, real.from(given[prefix + name])]));
  return { X: real.from(given['data.X']), y: given['data.y'], model, size: { real, n, inp, hid, out }, shapes };
}
