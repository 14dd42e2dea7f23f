"""Ask for an answer in a form, and read it. Pure."""

import json
import re
from typing import Any, TypeVar

import pydantic

from .errors import ModelError

Schema = TypeVar("Schema", bound=pydantic.BaseModel)
_FENCED = re.compile(r"^\s*```(?:json)?\s*(.*?)\s*```\s*$", re.DOTALL)


def response_format(schema: type[pydantic.BaseModel]) -> dict[str, Any]:
    """The provider's parameter that makes it keep to `schema`."""
    form = {"name": schema.__name__, "schema": strict(schema.model_json_schema()), "strict": True}
    return {"type": "json_schema", "json_schema": form}


def strict(schema: Any) -> Any:
    """Every property required and no others, which providers demand before they promise anything."""
    if isinstance(schema, list):
        return [strict(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    result = {name: strict(part) for name, part in schema.items() if name != "default"}
    if isinstance(schema.get("properties"), dict):
        result |= {
            "properties": {name: strict(part) for name, part in schema["properties"].items()},
            "required": list(schema["properties"]),
            "additionalProperties": False,
        }
    return result


def instruction(schema: type[pydantic.BaseModel]) -> str:
    """For servers that do not know the parameter, and models that read better than they obey."""
    return f"Answer with one JSON object and nothing else. It must fit this JSON Schema:\n{_text_of(schema)}"


def parse(text: str, schema: type[Schema]) -> Schema:
    """Raise `ModelError("invalid_output")` for what does not fit; a Markdown fence around it is forgiven."""
    fenced = _FENCED.match(text)
    try:
        return schema.model_validate_json(fenced.group(1) if fenced else text)
    except pydantic.ValidationError as error:
        detail = f"{error.error_count()} errors in {text[:200]!r}"
        raise ModelError("invalid_output", detail=detail) from error


def _text_of(schema: type[pydantic.BaseModel]) -> str:
    return json.dumps(strict(schema.model_json_schema()))
