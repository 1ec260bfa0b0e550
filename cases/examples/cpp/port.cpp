// The network in plain C++: no torch, loops over vectors, rounded to the dtype when stored.
#include "recorder.hpp"

using Net = std::map<std::string, Vec>;
const std::vector<std::string> NAMES = {"w1", "b1", "w2", "b2"};

struct Network {
  const Recorder &r;
  Tensors given;
  size_t n, inp, hid, out;
  std::map<std::string, std::vector<size_t>> shapes;
  Vec X, y;
  Net net;

  Vec stored(Vec v) const {
    if (r.real == "F32") for (double &x : v) x = (float)x;
    return v;
  }

  // (N, K) times the transpose of (M, K), plus a row of M: (N, M).
  Vec linear(const Vec &x, const Vec &w, const Vec &b, size_t k, size_t m) const {
    Vec result(n * m);
    for (size_t i = 0; i < n * m; i++) {
      result[i] = b[i % m];
      for (size_t l = 0; l < k; l++) result[i] += x[i / m * k + l] * w[i % m * k + l];
    }
    return stored(result);
  }

  // A sum whose rounding grows with the logarithm of the length, as torch's does.
  template <class F> static double sum(size_t from, size_t to, F term) {
    const size_t half = (from + to) / 2;
    return to - from == 1 ? term(from) : sum(from, half, term) + sum(half, to, term);
  }

  // The transpose of (N, M) times (N, K): (M, K); and the sum of (N, M) over its rows.
  void gradients(const Vec &up, const Vec &x, size_t m, size_t k, Vec &w, Vec &b) const {
    w.resize(m * k), b.resize(m);
    for (size_t j = 0; j < m * k; j++) w[j] = sum(0, n, [&](size_t i) { return up[i * m + j / k] * x[i * k + j % k]; });
    for (size_t j = 0; j < m; j++) b[j] = sum(0, n, [&](size_t i) { return up[i * m + j]; });
    w = stored(w), b = stored(b);
  }

  Vec hidden() const {
    Vec h = linear(X, net.at("w1"), net.at("b1"), inp, hid);
    for (double &v : h) v = std::max(0.0, v);
    return h;
  }
  Vec logits(const Vec &hidden) const { return linear(hidden, net.at("w2"), net.at("b2"), hid, out); }

  Vec log_softmax(const Vec &z) const {
    Vec result(n * out);
    for (size_t i = 0; i < n * out; i++) {
      const double *row = &z[i / out * out], most = *std::max_element(row, row + out);
      result[i] = z[i] - most - std::log(std::accumulate(row, row + out, 0.0, [&](double s, double v) { return s + std::exp(v - most); }));
    }
    return stored(result);
  }

  // One step of gradient descent in place; answers with the loss before it, and leaves the gradients.
  double train_step(Net &grads) {
    const Vec h = hidden(), log_probs = log_softmax(logits(h));
    Vec up(n * out), below(n * hid);
    for (size_t i = 0; i < n * out; i++) up[i] = (std::exp(log_probs[i]) - (y[i / out] == (double)(i % out))) / (double)n;
    up = stored(up);
    for (size_t i = 0; i < n * hid; i++)
      for (size_t j = 0; j < out && h[i] > 0; j++) below[i] += up[i / hid * out + j] * net["w2"][j * hid + i % hid];
    gradients(up, h, out, hid, grads["w2"], grads["b2"]);
    gradients(stored(below), X, hid, inp, grads["w1"], grads["b1"]);
    for (auto &name : NAMES) {
      for (size_t i = 0; i < net[name].size(); i++) net[name][i] -= r.number("lr") * grads[name][i];
      net[name] = stored(net[name]);
    }
    return -sum(0, n, [&](size_t i) { return log_probs[i * out + (size_t)y[i]]; }) / (double)n;
  }

  void all(const std::string &prefix, const Net &tensors) const {
    for (auto &name : NAMES) r.probe(prefix + "." + name, tensors.at(name), shapes.at(name));
  }

  // Starts from the tensors that are given under `prefix`; `skip` leading sizes are not the parameters' own.
  Network(Tensors tensors, const Recorder &recorder, const std::string &prefix, int skip = 0) : r(recorder), given(tensors) {
    X = stored(given["data.X"].data), y = given["data.y"].data;
    for (auto &name : NAMES) {
      const Tensor &t = given[prefix + name];
      net[name] = stored(t.data), shapes[name] = {t.shape.begin() + skip, t.shape.end()};
    }
    n = given["data.X"].shape.at(0), inp = given["data.X"].shape.at(1), hid = shapes["b1"].at(0), out = shapes["b2"].at(0);
  }
  void start() const {
    r.probe("data.X", X, {n, inp}), r.probe("data.y", y, {n}, "I64");
    all("init", net);
  }
};

void data_blobs(Tensors given, const Recorder &r) {
  r.probe("data.X", given.at("data.X").data, given.at("data.X").shape);
  r.probe("data.y", given.at("data.y").data, given.at("data.y").shape, "I64");
}

void forward_pass(Tensors given, const Recorder &r) {
  Network m(given, r, "init.");
  m.start();
  r.probe("forward.hidden", m.hidden(), {m.n, m.hid});
  r.probe("forward.logits", m.logits(m.hidden()), {m.n, m.out});
}

void sgd_training(Tensors given, const Recorder &r) {
  Network m(given, r, "init.");
  m.start();
  Vec losses;
  Net states, grads;
  const size_t epochs = (size_t)r.number("epochs"), every = (size_t)r.number("state_every");
  for (size_t epoch = 1; epoch <= epochs; epoch++) {
    losses.push_back(m.train_step(grads));
    if (epoch == 1) m.all("grad", grads), m.all("step", m.net);
    if (epoch % every == 0)
      for (auto &[name, w] : m.net) states[name].insert(states[name].end(), w.begin(), w.end());
  }
  auto stacked = m.shapes;
  for (auto &[name, shape] : stacked) shape.insert(shape.begin(), epochs / every);
  std::swap(stacked, m.shapes), m.all("train", states), std::swap(stacked, m.shapes);
  r.probe("train.loss", losses, {epochs});
  m.all("final", m.net);
  const Vec z = m.logits(m.hidden());
  r.probe("final.logits", z, {m.n, m.out});
  Vec classes;
  for (auto row = z.begin(); row < z.end(); row += (long)m.out) classes.push_back((double)(std::max_element(row, row + (long)m.out) - row));
  r.probe("final.classes", classes, {m.n}, "I64");
}

void training_steps(Tensors given, const Recorder &r) {
  Network m(given, r, "states.", 1);
  const Net states = m.net;
  Net after, all_grads, grads;
  Vec losses;
  const size_t count = given.at("states.w1").shape[0];
  for (size_t s = 0; s < count; s++) {
    for (auto &[name, w] : states) m.net[name] = {w.begin() + (long)(s * w.size() / count), w.begin() + (long)((s + 1) * w.size() / count)};
    losses.push_back(m.train_step(grads));
    for (auto &name : NAMES) {
      after[name].insert(after[name].end(), m.net[name].begin(), m.net[name].end());
      all_grads[name].insert(all_grads[name].end(), grads[name].begin(), grads[name].end());
    }
  }
  for (auto &[name, shape] : m.shapes) shape.insert(shape.begin(), count);
  r.probe("steps.loss", losses, {count});
  m.all("steps.grad", all_grads), m.all("steps", after);
}

int main(int argc, char **argv) {
  run_job(argv[argc - 1], {{"data-blobs", data_blobs}, {"forward-pass", forward_pass}, {"sgd-training", sgd_training}, {"training-steps", training_steps}});
}
