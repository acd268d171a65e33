"""Scores for Espalier in plain Python: |w| times the root of the layer's fan-in, higher is kept.

Called as `scores.py WEIGHTS BATCH SCORES`: reads two safetensors files, writes one.
"""
import array, json, struct, sys

weights_path, batch_path, scores_path = sys.argv[1:]
with open(weights_path, "rb") as file:
    header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
    data = file.read()

scores, entries, end = b"", {}, 0
for name, entry in sorted(header.items()):
    if name != "__metadata__" and len(entry["shape"]) >= 2:  # biases are not pruned
        weights = array.array("f", data[slice(*entry["data_offsets"])])
        fan_in = len(weights) // entry["shape"][0]
        scores += array.array("f", [abs(w) * fan_in**0.5 for w in weights]).tobytes()
        entries[name] = {"dtype": "F32", "shape": entry["shape"], "data_offsets": [end, len(scores)]}
        end = len(scores)

text = json.dumps(entries).encode()
with open(scores_path, "wb") as file:
    file.write(struct.pack("<Q", len(text)) + text + scores)
