"""Writes the peer's model as TorchScript: a whole training step and a beam search, for DJL to run.

usage: peer.py EMBEDDING UNITS VOCABULARY FEEDING(0|1) ATTENTION(sum|bmm) FILE

The gates of a cell are in torch's order i, f, g, o. Weights are assigned from outside, in the order of parameters().
"""
import math
import sys
from typing import List, Tuple

import torch
import torch.nn as nn
import torch.nn.functional as F


class Peer(nn.Module):
    """An LSTM encoder, an LSTM decoder with Luong's general attention, and Adam."""

    def __init__(self, embedding: int, units: int, vocabulary: int, feeding: bool, bmm: bool):
        super().__init__()
        self.feeding = feeding
        self.bmm = bmm
        self.units = units
        self.source = nn.Parameter(torch.zeros(vocabulary, embedding))
        self.target = nn.Parameter(torch.zeros(vocabulary, embedding))
        self.encoder = nn.LSTM(embedding, units)
        self.decoder = nn.LSTM(embedding, units)
        self.key = nn.Parameter(torch.zeros(units, units))
        self.attentional = nn.Parameter(torch.zeros(units, 2 * units))
        self.output = nn.Parameter(torch.zeros(vocabulary, units))
        self.bias = nn.Parameter(torch.zeros(vocabulary))
        # the fed vector's part of the cell's kernel
        self.fed = nn.Parameter(torch.zeros(4 * units, units), requires_grad=feeding)
        # torch's second bias stays zero: two of them would be fitted at twice the rate
        for lstm in (self.encoder, self.decoder):
            nn.init.zeros_(lstm.bias_hh_l0).requires_grad_(False)
        self.first: List[torch.Tensor] = [torch.zeros_like(p.detach()) for p in self.fitted()]
        self.second: List[torch.Tensor] = [torch.zeros_like(p.detach()) for p in self.fitted()]
        self.steps: List[torch.Tensor] = [torch.zeros(()) for p in self.fitted()]

    def fitted(self) -> List[torch.Tensor]:
        all = [self.source, self.target,
               self.encoder.weight_ih_l0, self.encoder.weight_hh_l0, self.encoder.bias_ih_l0,
               self.decoder.weight_ih_l0, self.decoder.weight_hh_l0, self.decoder.bias_ih_l0,
               self.key, self.attentional, self.output, self.bias]
        if self.feeding:
            all.append(self.fed)
        return all

    @torch.jit.export
    def assign(self, index: int, values: torch.Tensor) -> torch.Tensor:
        with torch.no_grad():
            self.fitted()[index].copy_(values)
        return values

    def encode(self, ids: torch.Tensor, lengths: torch.Tensor, equal: bool) -> Tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Memory [B, S, U] and the final state [B, U] twice; packed only where lengths differ, for it is slower."""
        x = F.embedding(ids.t(), self.source)
        if equal:
            memory, (h, c) = self.encoder(x)
        else:
            packed = nn.utils.rnn.pack_padded_sequence(x, lengths)
            outputs, (h, c) = self.encoder(packed)
            memory, _ = nn.utils.rnn.pad_packed_sequence(outputs)
        return memory.transpose(0, 1).contiguous(), h[0], c[0]

    def mask(self, lengths: torch.Tensor, width: int) -> torch.Tensor:
        """0 or far below it, to be added to scores [B, S]."""
        padding = torch.arange(width).unsqueeze(0) >= lengths.unsqueeze(1)
        return torch.zeros(padding.shape).masked_fill(padding, -1e9)

    def loss(self, ids: torch.Tensor, lengths: torch.Tensor, given: torch.Tensor, wanted: torch.Tensor) -> torch.Tensor:
        equal = bool(lengths.min() == ids.shape[1])
        memory, h, c = self.encode(ids, lengths, equal)
        mask = self.mask(lengths, ids.shape[1])
        keys = F.linear(memory, self.key)
        keys_t = keys.transpose(1, 2)
        y = F.embedding(given.t(), self.target)
        if self.feeding:
            bias = self.decoder.bias_ih_l0 + self.decoder.bias_hh_l0
            gates = F.linear(y, self.decoder.weight_ih_l0, bias)  # one product for all steps
            kernel = torch.cat([self.fed, self.decoder.weight_hh_l0], 1).t()
            attentional = self.attentional.t()
            a = torch.zeros_like(h)
            outputs: List[torch.Tensor] = []
            for x in gates.unbind(0):
                h, c = self.cell(torch.addmm(x, torch.cat([a, h], 1), kernel), c)
                if self.bmm:
                    scores = torch.bmm(h.unsqueeze(1), keys_t)
                    if not equal:
                        scores = scores + mask.unsqueeze(1)
                    context = torch.bmm(torch.softmax(scores, 2), memory).squeeze(1)
                else:
                    score = (keys * h.unsqueeze(1)).sum(2)
                    if not equal:
                        score = score + mask
                    context = (memory * torch.softmax(score, 1).unsqueeze(2)).sum(1)
                a = torch.tanh(torch.mm(torch.cat([context, h], 1), attentional))
                outputs.append(a)
            output = torch.stack(outputs)
        else:
            hidden, _ = self.decoder(y, (h.unsqueeze(0), c.unsqueeze(0)))
            q = hidden.transpose(0, 1)
            scores = torch.bmm(q, keys_t)
            if not equal:
                scores = scores + mask.unsqueeze(1)
            context = torch.bmm(torch.softmax(scores, 2), memory)
            output = torch.tanh(F.linear(torch.cat([context, q], 2), self.attentional)).transpose(0, 1)
        logits = F.linear(output, self.output, self.bias)
        return F.cross_entropy(logits.reshape(-1, logits.shape[-1]), wanted.t().reshape(-1), ignore_index=-100)

    def cell(self, gates: torch.Tensor, c: torch.Tensor) -> Tuple[torch.Tensor, torch.Tensor]:
        i, f, g, o = gates.chunk(4, 1)
        c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
        return torch.sigmoid(o) * torch.tanh(c), c

    def forward(self, ids: torch.Tensor, lengths: torch.Tensor, given: torch.Tensor, wanted: torch.Tensor) -> torch.Tensor:
        """A training step; gives the loss before it."""
        loss = self.loss(ids, lengths, given, wanted)
        fitted = self.fitted()
        gradients: List[torch.Tensor] = []
        for gradient in torch.autograd.grad([loss], fitted):
            assert gradient is not None
            gradients.append(gradient.contiguous())  # the fused Adam reads raw memory
        with torch.no_grad():
            torch._foreach_add_(self.steps, 1)
            # Seq4j and DJL add epsilon to the root of the uncorrected mean square ("epsilon hat" of the paper)
            epsilon = 1e-8 / math.sqrt(1 - 0.999 ** float(self.steps[0].item()))
            none: List[torch.Tensor] = []
            torch._fused_adam_(fitted, gradients, self.first, self.second, none, self.steps, lr=1e-3, beta1=0.9,
                               beta2=0.999, weight_decay=0.0, eps=epsilon, amsgrad=False, maximize=False)
        return loss.detach()

    @torch.jit.export
    def beam(self, ids: torch.Tensor, lengths: torch.Tensor, steps: int, begin: int, size: int) -> Tuple[torch.Tensor, torch.Tensor]:
        """The best sequences of a fixed length and their log-probabilities. Rows b * size + k; keys are not repeated for each."""
        rows = ids.shape[0]
        equal = bool(lengths.min() == ids.shape[1])
        memory, h, c = self.encode(ids, lengths, equal)
        mask = self.mask(lengths, ids.shape[1]).unsqueeze(1)
        keys_t = F.linear(memory, self.key).transpose(1, 2)
        kernel = [self.decoder.weight_ih_l0, self.decoder.weight_hh_l0]
        if self.feeding:
            kernel = [self.decoder.weight_ih_l0, self.fed, self.decoder.weight_hh_l0]
        w = torch.cat(kernel, 1).t()
        bias = self.decoder.bias_ih_l0 + self.decoder.bias_hh_l0
        attentional = self.attentional.t()
        output = self.output.t()
        h = h.repeat_interleave(size, 0)
        c = c.repeat_interleave(size, 0)
        a = torch.zeros_like(h)
        tokens = torch.full([rows * size], begin, dtype=torch.long)
        best = torch.full([rows, size], -1e9)
        best[:, 0] = 0.0
        history = torch.zeros(rows * size, steps, dtype=torch.long)
        offsets = torch.arange(rows).unsqueeze(1) * size
        for t in range(steps):
            x = F.embedding(tokens, self.target)
            inputs = [x, a, h] if self.feeding else [x, h]
            h, c = self.cell(torch.addmm(bias, torch.cat(inputs, 1), w), c)
            scores = torch.bmm(h.view(rows, size, self.units), keys_t)
            if not equal:
                scores = scores + mask
            context = torch.bmm(torch.softmax(scores, 2), memory).view(rows * size, self.units)
            a = torch.tanh(torch.mm(torch.cat([context, h], 1), attentional))
            logits = torch.addmm(self.bias, a, output)
            values, candidates = logits.topk(size, 1)  # the best of each row, then of each source
            sums = values - logits.logsumexp(1, keepdim=True) + best.view(rows * size, 1)
            best, chosen = sums.view(rows, size * size).topk(size, 1)
            parents = (chosen.div(size, rounding_mode="floor") + offsets).view(-1)
            tokens = candidates.view(rows, size * size).gather(1, chosen).view(-1)
            if size > 1:
                h = h.index_select(0, parents)
                c = c.index_select(0, parents)
                a = a.index_select(0, parents)
                history = history.index_select(0, parents)
            history[:, t] = tokens
        return history.view(rows, size, steps), best


if __name__ == "__main__":
    embedding, units, vocabulary, feeding = map(int, sys.argv[1:5])
    model = Peer(embedding, units, vocabulary, feeding == 1, sys.argv[5] == "bmm")
    torch.jit.script(model).save(sys.argv[6])
