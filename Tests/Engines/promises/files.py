"""Files of tensors, checked as they are read."""
import array, json, math, os, struct

CODES = {"F32": "f", "F64": "d", "I64": "q", "U8": "B", "BOOL": "B"}


class Broken(Exception):
    """A promise that was not kept, in a sentence."""


def require(kept, sentence):
    if not kept:
        raise Broken(sentence)


def write(path, tensors):
    """Writes (type, shape, values) by name."""
    header, data = {}, b""
    for name, (type, shape, values) in tensors.items():
        start, data = len(data), data + array.array(CODES[type], values).tobytes()
        header[name] = {"dtype": type, "shape": shape, "data_offsets": [start, len(data)]}
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data)


def read(path, expected, type):
    """Flat arrays by name, of a file that holds exactly the `expected` shapes by name, all of one type."""
    label = os.path.basename(path)
    require(os.path.exists(path), f"{label} was not written")
    with open(path, "rb") as file:
        text = file.read()
    try:
        length = struct.unpack("<Q", text[:8])[0]
        header = json.loads(text[8 : 8 + length])
    except (struct.error, ValueError):
        raise Broken(f"{label} is no safetensors file") from None
    header.pop("__metadata__", None)
    end = max((x["data_offsets"][1] for x in header.values()), default=0)
    require(len(text) == 8 + length + end, f"{label} has {len(text)} bytes, its header says {8 + length + end}")
    lacking, foreign = sorted(expected.keys() - header.keys()), sorted(header.keys() - expected.keys())
    require(not lacking and not foreign, f"{label} lacks {lacking} and has {foreign} beyond what is asked")
    found = {}
    for name, shape in expected.items():
        entry = header[name]
        require(entry["dtype"] == type, f"{label}: {name} is {entry['dtype']}, not {type}")
        if shape is not None:
            require(entry["shape"] == shape, f"{label}: {name} has the shape {entry['shape']}, not {shape}")
        start, end = entry["data_offsets"]
        found[name] = array.array(CODES[type], text[8 + length + start : 8 + length + end])
        wrong = next((x for x in found[name] if not math.isfinite(x)), None)
        require(wrong is None, f"{label}: {name} holds {wrong}")
    return found


def same_bytes(one, other):
    with open(one, "rb") as a, open(other, "rb") as b:
        return a.read() == b.read()


def norm(values):
    """Root mean square."""
    return math.hypot(*values) / len(values) ** 0.5


def dot(one, other):
    return math.fsum(a * b for name in one for a, b in zip(one[name], other[name]))
