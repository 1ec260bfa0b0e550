// One step of training from each of many given states, so that rounding has no time to grow.
import { NAMES, start, trainStep } from './network.mjs';

export function trainingSteps(p, given, r) {
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
