"""MetricX-24 as a worker: expected errors, from 0 (none) to 25.

Source: Juraska et al. (2024), "MetricX-24: The Google Submission to the WMT 2024
Metrics Shared Task", WMT. The model is an mT5 whose score is the logit of one token in
the first place of the output.
"""

from __future__ import annotations

import argparse
from importlib import import_module
from importlib.metadata import version
from typing import Any

# Beside this file, whatever the folder is called.
from serve import mean_over_references, serve  # type: ignore[import-not-found]

USUAL_MODEL = "google/metricx-24-hybrid-large-v2p6"
TOKENIZER = "google/mt5-large"  # all sizes of mT5 share one vocabulary
SCORE_TOKEN = 250089  # <extra_id_10>
LONGEST_INPUT = 1536  # tokens
WORST = 25.0
BATCH = 4


def main() -> None:
    """Fetch the model, or load it and serve."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", default=USUAL_MODEL)
    parser.add_argument("--fetch", action="store_true", help="fetch the model, no more")
    options = parser.parse_args()
    torch = import_module("torch")
    transformers = import_module("transformers")
    tokenizer = transformers.AutoTokenizer.from_pretrained(TOKENIZER, legacy=False)
    model = transformers.MT5ForConditionalGeneration.from_pretrained(options.model)
    if options.fetch:
        return
    device = "cuda" if torch.cuda.is_available() else "cpu"
    model = model.to(device).eval()

    def predicted(texts: list[str]) -> list[float]:
        # The model was trained without the end-of-text token of its tokenizer.
        encoded = [
            tokenizer(text, max_length=LONGEST_INPUT, truncation=True).input_ids[:-1]
            for text in texts
        ]
        order = sorted(range(len(encoded)), key=lambda i: len(encoded[i]))
        scores = [0.0] * len(encoded)
        for at in range(0, len(order), BATCH):
            batch = order[at : at + BATCH]
            longest = max(len(encoded[i]) for i in batch)
            ids = torch.zeros(len(batch), longest, dtype=torch.long)
            mask = torch.zeros_like(ids)
            for row, i in enumerate(batch):
                ids[row, : len(encoded[i])] = torch.tensor(encoded[i])
                mask[row, : len(encoded[i])] = 1
            with torch.inference_mode():
                logits = model(
                    input_ids=ids.to(device),
                    attention_mask=mask.to(device),
                    decoder_input_ids=torch.zeros(
                        len(batch), 1, dtype=torch.long, device=device
                    ),
                ).logits
            for row, i in enumerate(batch):
                found = float(logits[row, 0, SCORE_TOKEN])
                scores[i] = min(max(found, 0.0), WORST)
        return scores

    def score(segments: list[dict[str, Any]]) -> list[float]:
        found: list[float] = mean_over_references(
            segments,
            lambda pairs: predicted(
                [
                    f"source: {each['source']} candidate: {each['hypothesis']} "
                    f"reference: {reference}"
                    for each, reference in pairs
                ]
            ),
        )
        return found

    serve(
        {
            "metric": "MetricX-24" if options.model == USUAL_MODEL else "MetricX",
            "signature": f"model:{options.model}|refs:mean|"
            f"transformers:{version('transformers')}",
            "higher_is_better": False,
            "needs_source": True,
            "needs_reference": True,
        },
        score,
    )


if __name__ == "__main__":
    main()
