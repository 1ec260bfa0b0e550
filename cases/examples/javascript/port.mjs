#!/usr/bin/env node
// The network in plain JavaScript: no torch, loops over typed arrays, rounded to the dtype when stored.
import { runJob } from './recorder.mjs';

const NAMES = ['w1', 'b1', 'w2', 'b2'];

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

function forward({ n, inp, hid, out, real }, model, X) {
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
function trainStep(size, model, X, y, lr) {
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
function start(given, { real }, prefix, shape) {
  const [n, inp] = given['data.X'].shape, [hid] = shape('w1'), [out] = shape('b2');
  const shapes = Object.fromEntries(NAMES.map((name) => [name, shape(name)]));
  const model = Object.fromEntries(NAMES.map((name) => [name, real.from(given[prefix + name])]));
  return { X: real.from(given['data.X']), y: given['data.y'], model, size: { real, n, inp, hid, out }, shapes };
}

function initial(given, r) {
  const s = start(given, r, 'init.', (name) => given[`init.${name}`].shape);
  for (const [name, tensor] of [['data.X', s.X], ['data.y', s.y]]) r.probe(name, tensor, given[name].shape);
  s.all = (prefix, tensors) => NAMES.forEach((name) => r.probe(`${prefix}.${name}`, tensors[name], s.shapes[name]));
  s.all('init', s.model);
  return s;
}

function forwardPass(p, given, r) {
  const { X, model, size } = initial(given, r), { hidden, logits } = forward(size, model, X);
  r.probe('forward.hidden', hidden, [size.n, size.hid]);
  r.probe('forward.logits', logits, [size.n, size.out]);
}

function sgdTraining(p, given, r) {
  const { X, y, model, size, shapes, all } = initial(given, r), losses = [], states = [], { n, out } = size;
  for (let epoch = 1; epoch <= p.epochs; epoch++) {
    const { loss, grads } = trainStep(size, model, X, y, p.lr);
    losses.push(loss);
    if (epoch === 1) all('grad', grads), all('step', model);
    if (epoch % p.state_every === 0) states.push(structuredClone(model));
    if (epoch % 100 === 0) r.step(epoch, p.epochs, loss);
  }
  const stack = (name) => r.real.from(states.flatMap((state) => [...state[name]]));
  for (const name of NAMES) r.probe(`train.${name}`, stack(name), [states.length, ...shapes[name]]);
  r.probe('train.loss', r.real.from(losses), [losses.length]);
  all('final', model);
  const { logits } = forward(size, model, X), row = (i) => logits.subarray(i * out, (i + 1) * out);
  r.probe('final.logits', logits, [n, out]);
  r.probe('final.classes', BigInt64Array.from({ length: n }, (_, i) => BigInt(row(i).indexOf(Math.max(...row(i))))), [n]);
}

function trainingSteps(p, given, r) {
  const s = start(given, r, 'states.', (name) => given[`states.${name}`].shape.slice(1)), losses = [];
  const count = given['states.w1'].shape[0], grads = { w1: [], b1: [], w2: [], b2: [] }, after = structuredClone(grads);
  for (let i = 0; i < count; i++) {
    const part = (t) => t.slice((i * t.length) / count, ((i + 1) * t.length) / count);
    const model = Object.fromEntries(NAMES.map((name) => [name, part(s.model[name])]));
    const step = trainStep(s.size, model, s.X, s.y, p.lr);
    losses.push(step.loss);
    for (const name of NAMES) grads[name].push(...step.grads[name]), after[name].push(...model[name]);
  }
  r.probe('steps.loss', r.real.from(losses), [count]);
  for (const [prefix, all] of [['steps.grad', grads], ['steps', after]])
    for (const name of NAMES) r.probe(`${prefix}.${name}`, r.real.from(all[name]), [count, ...s.shapes[name]]);
}

const scenarios = { 'forward-pass': forwardPass, 'sgd-training': sgdTraining, 'training-steps': trainingSteps };
runJob(process.argv[process.argv.indexOf('--job') + 1], scenarios);
