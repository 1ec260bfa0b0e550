"""What the Python port draws when it runs alone, as JSON: `drawn.py EPOCHS FILE`."""

import json
import sys
from pathlib import Path

import plots
import port

drawn = {}


def contour(xs, ys, Z, **style):
    drawn["contour"] = {"x": xs.tolist(), "y": ys.tolist(), "z": Z.tolist()}


def scatter(x, y, c, **style):
    drawn["classes"] = [
        {"x": x[c == label].tolist(), "y": y[c == label].tolist()} for label in range(3)
    ]


def line(epochs, losses):
    drawn["loss"] = losses


plots.plt.contourf = contour
plots.plt.scatter = scatter
plots.plt.plot = line
port.demo(int(sys.argv[1]), Path(sys.argv[2]).with_suffix(""))
Path(sys.argv[2]).write_text(json.dumps(drawn))
