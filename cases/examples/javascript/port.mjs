#!/usr/bin/env node
import { NAMES, forward, start, trainStep } from './network.mjs';
import { runJob } from './recorder.mjs';
import { trainingSteps } from './steps.mjs';

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

/** Blobs from given draws; each operation's result is rounded, as a tensor library rounds it. */
function dataBlobs(p, given, r) {
  const draws = given['data.draws'], n = Math.floor(p.n_samples / p.centers), round = (v) => r.real.of(v)[0];
  const y = BigInt64Array.from({ length: n * p.centers }, (_, i) => BigInt(Math.floor(i / n))), X = new r.real(2 * y.length);
  y.forEach((label, i) => {
    const [cx, cy] = [[0, 0], [3, 0], [1.5, 2.5]][label], s = label > 0 ? round(p.skew_factor * (Number(label) - 1)) : 0;
    const [u, v] = [cx, cy].map((c, d) => round(round(round(draws[2 * i + d] * round(p.cluster_std)) + c) - c));
    X.set([round(u + s * v) + cx, round(s * u + v) + cy], 2 * i); // about the blob's own centre
  });
  for (const [name, tensor] of [['data.draws', draws], ['data.X', X]]) r.probe(name, tensor, draws.shape);
  r.probe('data.y', y, [y.length]);
}

const scenarios = { 'data-blobs': dataBlobs, 'forward-pass': forwardPass, 'sgd-training': sgdTraining, 'training-steps': trainingSteps };
runJob(process.argv[process.argv.indexOf('--job') + 1], scenarios);
