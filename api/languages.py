"""French, or English for those who prefer it."""


def is_english(accepted: str | None) -> bool:
    """Whether `Accept-Language` asks for English rather than French."""
    weights = {"fr": 0.0, "en": 0.0}
    for part in (accepted or "").split(","):
        tag, _, weight = part.strip().partition(";q=")
        language = tag.partition("-")[0].lower()
        if language in weights:
            weights[language] = max(weights[language], _number(weight))
    return weights["en"] > weights["fr"]


def _number(text: str) -> float:
    try:
        return float(text) if text else 1.0
    except ValueError:
        return 0.0
