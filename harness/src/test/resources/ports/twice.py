"""Records a probe twice with the Python port's recorder, which must refuse."""

import sys

import torch

from torch_parity.recorder import Events, Recorder

instance = {"id": "twice", "trace": sys.argv[2]}
recorder = Recorder(instance, Events(sys.argv[2] + ".events"))
recorder.probe("x", torch.zeros(1))
try:
    recorder.probe("x", torch.ones(1))
except ValueError as error:
    print(error)
