"""Bokeh's models made and written at less cost, with the same outcome.

Bokeh works out every default of every model again: copied, validated and wrapped when a model is made, and once
more when it is written, only to be left out then. For a page's hundred models that was a third of the server's
time. What a class and a property decide alone is worked out once here; a test holds what is written against
Bokeh's own.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, Final

from bokeh.core.has_props import HasProps
from bokeh.core.property.descriptors import PropertyDescriptor
from bokeh.core.property.wrappers import PropertyValueContainer
from panel.models.esm import ReactiveESM

FIXED: Final = (str, int, float, bool, type(None))
"""Values that nobody can change, so that all models may share one."""
SHIMS: Final = ReactiveESM.__javascript_raw__
"""Panel's polyfill of import maps; `lean.js` says what a page has in its place."""
_query: Final = HasProps.query_properties_with_values
_has_unstable: Final = PropertyDescriptor.has_unstable_default
_default: Final = PropertyDescriptor.instance_default
_set: Final = PropertyDescriptor.__set__
_themed: Final = HasProps.themed_values
_defaults: dict[tuple[type, str], Any] = {}


@cache
def _is_unstable(owner: type[HasProps], descriptor: PropertyDescriptor[Any]) -> bool:
    overridden = getattr(owner, "__overridden_defaults__", {})
    kept = descriptor.property._may_have_unstable_default()
    return bool(kept or descriptor.is_unstable(overridden.get(descriptor.name)))


def has_unstable_default(self: PropertyDescriptor[Any], obj: HasProps) -> bool:
    """Whether each model has a default of its own; the same for all models of a class."""
    return _is_unstable(type(obj), self)


def instance_default(self: PropertyDescriptor[Any], obj: HasProps) -> Any:
    """A model's default; of those without a theme, one that cannot be changed is shared."""
    if themed_values(obj):
        return _default(self, obj)
    key = (type(obj), self.name)
    if key in _defaults:
        return _defaults[key]
    made = _default(self, obj)
    if type(made) in FIXED and not has_unstable_default(self, obj):
        _defaults[key] = made
    return made


def put(self: PropertyDescriptor[Any], obj: HasProps, value: Any, *, setter: Any = None) -> None:
    """Set a value; a model given to one that is being made replaces no default, so that none is made to be replaced."""
    if isinstance(value, HasProps) and hasattr(obj, "_property_values") and not obj._initialized:
        self._set_value(obj, self.property.prepare_value(obj, self.name, value))
    else:
        _set(self, obj, value, setter=setter)


def themed_values(self: HasProps) -> dict[str, Any] | None:
    """What a theme gave a model; looked for where it is kept, as a miss would search the whole class for the name."""
    return self.__dict__.get("__themed_values__")


def query_properties_with_values(
    self: HasProps,
    query: Callable[[PropertyDescriptor[Any]], bool],
    *,
    include_defaults: bool = True,
    include_undefined: bool = False,
) -> dict[str, Any]:
    """A model's values; where defaults are left out, those that were set, in the same order."""
    themed = themed_values(self)
    if include_defaults or include_undefined or themed:
        return _query(self, query, include_defaults=include_defaults, include_undefined=include_undefined)
    chosen = self._property_values.keys() | self._unstable_default_values.keys()
    made = {}
    for name in self.properties(_with_props=True):
        if name not in chosen or not query(self.lookup(name)):
            continue
        value = self.lookup(name).get_value(self)
        if not (isinstance(value, PropertyValueContainer) and name in self._unstable_default_values):
            made[name] = value
    return made


OURS: Final = (
    (HasProps, "query_properties_with_values", query_properties_with_values, _query),
    (HasProps, "themed_values", themed_values, _themed),
    (PropertyDescriptor, "has_unstable_default", has_unstable_default, _has_unstable),
    (PropertyDescriptor, "instance_default", instance_default, _default),
    (PropertyDescriptor, "__set__", put, _set),
)
"""Where each stands, and what Bokeh has there."""


def use(ours: bool = True) -> None:
    """Have all models of this process made and written so, or again in Bokeh's own way."""
    for owner, name, our, own in OURS:
        setattr(owner, name, our if ours else own)
    ReactiveESM.__javascript_raw__ = [] if ours else SHIMS
