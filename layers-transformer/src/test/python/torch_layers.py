"""Writes values and gradients of PyTorch's Transformer layers, which TorchLayersTest compares with.

    python3 torch_layers.py ../resources/org/seq4j/transformer/torch-layers.safetensors

It needs torch alone (made with 1.13.1, Debian's python3-torch). Names and layouts are those of Seq4j: a kernel is
[inputs, outputs], the transpose of a weight of PyTorch.
"""

import json
import struct
import sys

import torch
from torch import nn

UNITS, HEADS, INNER, LAYERS = 8, 2, 12, 2
SOURCES, TARGETS = [4, 2], [5, 3]

arrays = {}


def padded(lengths):
    """True on padding, as PyTorch's masks are."""
    return torch.arange(max(lengths))[None, :] >= torch.tensor(lengths)[:, None]


def parameters(layer, names, of=lambda parameter: parameter):
    """The arrays of a layer, or of their gradients, by Seq4j's names."""
    found = {}
    for name, attention in names.items():
        part = getattr(layer, attention)
        kernel, bias = of(part.in_proj_weight), of(part.in_proj_bias)
        if name == "self_attention":
            found[name + ".query_key_value.kernel"] = kernel.T
            found[name + ".query_key_value.bias"] = bias
        else:
            found[name + ".query.kernel"], found[name + ".query.bias"] = kernel[:UNITS].T, bias[:UNITS]
            found[name + ".key_value.kernel"], found[name + ".key_value.bias"] = kernel[UNITS:].T, bias[UNITS:]
        found[name + ".output.kernel"] = of(part.out_proj.weight).T
        found[name + ".output.bias"] = of(part.out_proj.bias)
    for name, linear in (("inner", layer.linear1), ("outer", layer.linear2)):
        found["feed_forward." + name + ".kernel"] = of(linear.weight).T
        found["feed_forward." + name + ".bias"] = of(linear.bias)
    for i, name in enumerate([*names, "feed_forward"]):
        norm = getattr(layer, "norm%d" % (i + 1))
        found[name + "_norm.gain"], found[name + "_norm.bias"] = of(norm.weight), of(norm.bias)
    return found


def write(prefix, stack, names, inputs, output, mask):
    """Keeps inputs, parameters, the output, and the gradients of a weighted sum of it."""
    real = (~mask)[:, :, None]
    weights = torch.randn(output.shape)
    arrays[prefix + ".weights"] = weights * real
    arrays[prefix + ".output"] = output * real
    (output * weights * real).sum().backward()
    for kind, of in (("value", lambda p: p), ("gradient", lambda p: p.grad)):
        for name, x in inputs.items():
            arrays["%s.%s.%s" % (prefix, kind, name)] = of(x)
        for n, layer in enumerate(stack.layers):
            for name, x in parameters(layer, names, of).items():
                arrays["%s.%s.model.layer.%d.%s" % (prefix, kind, n, name)] = x
        if stack.norm is not None:
            arrays["%s.%s.model.norm.gain" % (prefix, kind)] = of(stack.norm.weight)
            arrays["%s.%s.model.norm.bias" % (prefix, kind)] = of(stack.norm.bias)


def random(*shape):
    return torch.randn(*shape, requires_grad=True)


def main(file):
    torch.manual_seed(1)
    for norm, activation in (("pre", "gelu"), ("post", "relu")):
        options = dict(dropout=0.0, activation=activation, batch_first=True, norm_first=norm == "pre")
        last = nn.LayerNorm(UNITS) if norm == "pre" else None
        encoder = nn.TransformerEncoder(
            nn.TransformerEncoderLayer(UNITS, HEADS, INNER, **options), LAYERS, last, enable_nested_tensor=False
        )
        vary(encoder)
        source = random(len(SOURCES), max(SOURCES), UNITS)
        mask = padded(SOURCES)
        output = encoder(source, src_key_padding_mask=mask)
        write(norm + ".encoder", encoder, {"self_attention": "self_attn"}, {"source": source}, output, mask)

        last = nn.LayerNorm(UNITS) if norm == "pre" else None
        decoder = nn.TransformerDecoder(
            nn.TransformerDecoderLayer(UNITS, HEADS, INNER, **options), LAYERS, last
        )
        vary(decoder)
        memory = random(len(SOURCES), max(SOURCES), UNITS)
        target = random(len(TARGETS), max(TARGETS), UNITS)
        causal = torch.triu(torch.ones(max(TARGETS), max(TARGETS), dtype=torch.bool), 1)
        output = decoder(target, memory, tgt_mask=causal, memory_key_padding_mask=mask)
        names = {"self_attention": "self_attn", "source_attention": "multihead_attn"}
        inputs = {"memory": memory, "target": target}
        write(norm + ".decoder", decoder, names, inputs, output, padded(TARGETS))
    save(file)


def vary(stack):
    """No parameter keeps its initial 0 or 1, and layers differ."""
    for parameter in stack.parameters():
        parameter.data += 0.3 * torch.randn(parameter.shape)


def save(file):
    header, data = {}, b""
    for name, x in sorted(arrays.items()):
        raw = x.detach().contiguous().numpy().astype("<f4").tobytes()
        header[name] = {"dtype": "F32", "shape": list(x.shape), "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(file, "wb") as out:
        out.write(struct.pack("<Q", len(text)) + text + data)


if __name__ == "__main__":
    main(sys.argv[1])
