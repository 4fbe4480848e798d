"""A forward pass without padding: what each token goes through by itself, once.

Sentences of a batch are of different lengths; a rectangle of them is filled up with
padding, and with pieces cut by chance (``splitting``) with more of it. Only attention
needs the rectangle. Here all else, the most of the work by far, is done on one list of
the tokens of all sentences. Such a list is filled up to a multiple of ``ROUND`` tokens:
a processor makes its program for each length, and keeps some hundreds of them.

The projections of an attention are multiplied at once, as they have the same input.

It is ``MarianModel`` of transformers otherwise, with its modules, its dropout and its
layers left out by chance; a test holds the two against each other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import torch
from torch.autograd.function import once_differentiable
from torch.nn import functional

if TYPE_CHECKING:
    from collections.abc import Iterator

    from satzpaar.translate.training.network import Network

ROUND = 128


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where the tokens of a list are in the rectangle of their sentences."""

    rows: int
    width: int
    places: torch.Tensor  # (tokens), of rows * width, ascending
    size: int  # of the list, which is longer than there are tokens

    @classmethod
    def of(cls, live: torch.Tensor) -> _Layout:
        """Take what is true in (rows, width)."""
        rows, width = live.shape
        places = live.flatten().nonzero().flatten()
        return cls(rows, width, places, -(-len(places) // ROUND) * ROUND)

    def embedded(self, side: Any, ids: torch.Tensor) -> torch.Tensor:
        """Return (size, width of the network): tokens with their positions.

        What fills the list up is token 0, which every vocabulary has. Nobody attends to
        it, and it teaches nothing.
        """
        more = self.size - len(self.places)
        found = functional.pad(ids.flatten()[self.places], (0, more))
        positions = functional.pad(self.places % self.width, (0, more))
        vectors = side.embed_tokens(found) * side.embed_scale
        vectors = vectors + side.embed_positions.weight[positions]
        return functional.dropout(vectors, side.dropout, side.training)

    def heads(self, listed: torch.Tensor, parts: int, heads: int) -> list[torch.Tensor]:
        """Return parts of (size, parts * width): (rows * heads, width, head width)."""
        spread: torch.Tensor = _Spread.apply(  # type: ignore[no-untyped-call]
            listed, self.places, self.rows * self.width
        )
        shape = (self.rows, self.width, parts, heads, -1)
        apart = spread.view(shape).permute(2, 0, 3, 1, 4).contiguous()
        return [part.flatten(0, 1) for part in apart]

    def listed(self, by_head: torch.Tensor, heads: int) -> torch.Tensor:
        """Turn (rows * heads, width, head width) to a list again."""
        rectangle = by_head.view(self.rows, heads, self.width, -1).transpose(1, 2)
        found: torch.Tensor = _List.apply(  # type: ignore[no-untyped-call]
            rectangle.reshape(self.rows * self.width, -1), self.places, self.size
        )
        return found


def last_hidden(
    network: Network,
    source: torch.Tensor,  # (rows, source width)
    decoder_input: torch.Tensor,  # (rows, target width)
    live: torch.Tensor,  # (rows, target width), true where there is a token
) -> torch.Tensor:
    """Return what the decoder ends with: (tokens, width), row after row."""
    encoder, decoder = network.model.encoder, network.model.decoder
    there = source != network.config.pad_token_id
    read, said = _Layout.of(there), _Layout.of(live)
    # As in transformers, but that it is added in float32.
    no_padding = torch.zeros_like(there, dtype=torch.float32)
    no_padding = no_padding.masked_fill_(~there, torch.finfo(torch.float32).min)
    no_padding = no_padding[:, None, None]  # (rows, 1, 1, source width)
    nothing_later = torch.full(
        (said.width, said.width), torch.finfo(torch.float32).min, device=source.device
    ).triu_(1)

    memory = read.embedded(encoder, source)
    for layer in _kept(encoder):
        heard = _to_itself(layer.self_attn, memory, read, no_padding)
        memory = _added(layer, memory, heard, layer.self_attn_layer_norm)
        memory = _fed_forward(layer, memory)
    state = said.embedded(decoder, decoder_input)
    for layer in _kept(decoder):
        heard = _to_itself(layer.self_attn, state, said, nothing_later)
        state = _added(layer, state, heard, layer.self_attn_layer_norm)
        heard = _to_source(layer.encoder_attn, state, said, memory, read, no_padding)
        state = _added(layer, state, heard, layer.encoder_attn_layer_norm)
        state = _fed_forward(layer, state)
    return state[: len(said.places)]


def _kept(side: Any) -> Iterator[Any]:
    """Yield layers, without those that are left out by chance (LayerDrop)."""
    for layer in side.layers:
        chance = side.layerdrop if side.training else 0.0
        if not chance or float(torch.rand([])) >= chance:
            yield layer


def _added(
    layer: Any, state: torch.Tensor, change: torch.Tensor, norm: Any
) -> torch.Tensor:
    change = functional.dropout(change, layer.dropout, layer.training)
    made: torch.Tensor = norm(state + change)
    return made


def _fed_forward(layer: Any, state: torch.Tensor) -> torch.Tensor:
    inner = layer.activation_fn(layer.fc1(state))
    inner = functional.dropout(inner, layer.activation_dropout, layer.training)
    return _added(layer, state, layer.fc2(inner), layer.final_layer_norm)


def _to_itself(
    attention: Any, state: torch.Tensor, layout: _Layout, mask: torch.Tensor
) -> torch.Tensor:
    joined = _joined(state, attention.q_proj, attention.k_proj, attention.v_proj)
    query, key, value = layout.heads(joined, 3, attention.num_heads)
    return _attended(attention, query, key, value, layout, mask)


def _to_source(
    attention: Any,
    state: torch.Tensor,
    layout: _Layout,
    memory: torch.Tensor,
    of_memory: _Layout,
    mask: torch.Tensor,
) -> torch.Tensor:
    [query] = layout.heads(attention.q_proj(state), 1, attention.num_heads)
    joined = _joined(memory, attention.k_proj, attention.v_proj)
    key, value = of_memory.heads(joined, 2, attention.num_heads)
    return _attended(attention, query, key, value, layout, mask)


def _joined(state: torch.Tensor, *linears: Any) -> torch.Tensor:
    """Return what several layers make of the same, side by side."""
    weight = torch.cat([linear.weight for linear in linears])
    return functional.linear(
        state, weight, torch.cat([linear.bias for linear in linears])
    )


def _attended(
    attention: Any,
    query: torch.Tensor,
    key: torch.Tensor,
    value: torch.Tensor,
    layout: _Layout,  # of the query
    mask: torch.Tensor,
) -> torch.Tensor:
    heads = attention.num_heads
    products = torch.bmm(query, key.transpose(1, 2))
    products = products.view(layout.rows, heads, *products.shape[1:])
    weights = functional.softmax(products * attention.scaling + mask, dim=-1)
    weights = functional.dropout(weights, attention.dropout, attention.training)
    heard = torch.bmm(weights.flatten(0, 1), value)
    made: torch.Tensor = attention.out_proj(layout.listed(heard, heads))
    return made


def _put(listed: torch.Tensor, places: torch.Tensor, size: int) -> torch.Tensor:
    """Return (size, width): what is listed in its places, zeros elsewhere."""
    made = listed.new_zeros(size, listed.shape[1])
    return made.index_copy_(0, places, listed[: len(places)])


def _taken(rectangle: torch.Tensor, places: torch.Tensor, size: int) -> torch.Tensor:
    """Return (size, width): what is in these places, and zeros behind it."""
    made = rectangle.new_empty(size, rectangle.shape[1])
    made[len(places) :] = 0
    torch.index_select(rectangle, 0, places, out=made[: len(places)])
    return made


# Each is the other's gradient; autograd's own adds up, one row at a time.
class _Spread(torch.autograd.Function):
    @staticmethod
    def forward(
        ctx: Any, listed: torch.Tensor, places: torch.Tensor, size: int
    ) -> torch.Tensor:
        ctx.save_for_backward(places)
        ctx.size = len(listed)
        return _put(listed, places, size)

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, gradient: torch.Tensor) -> Any:
        [places] = ctx.saved_tensors
        return _taken(gradient, places, ctx.size), None, None


class _List(torch.autograd.Function):
    @staticmethod
    def forward(
        ctx: Any, rectangle: torch.Tensor, places: torch.Tensor, size: int
    ) -> torch.Tensor:
        ctx.save_for_backward(places)
        ctx.size = len(rectangle)
        return _taken(rectangle, places, size)

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, gradient: torch.Tensor) -> Any:
        [places] = ctx.saved_tensors
        return _put(gradient, places, ctx.size), None, None
