"""The Python side of `lienthong-bench translate`: one line a step, name, tab, microseconds of processor time or a reason."""
import json
import pathlib
import statistics
import sys
import time

import fastjsonschema
import jsonschema
from lxml import etree


def measure(name, calls, body):
    for _ in range(3):
        body()
    turns = []
    for _ in range(7):
        start = time.process_time()
        for _ in range(calls):
            body()
        turns.append((time.process_time() - start) / calls * 1e6)
    print(f"{name}\t{statistics.median(turns):.1f}")


source_json, schemas, schema_name, source_xml, stylesheet, canonical, xsd = sys.argv[1:]
text = pathlib.Path(source_json).read_bytes()
document = json.loads(text)
store = {}
for path in pathlib.Path(schemas).glob("*.json"):
    neighbour = json.loads(path.read_text(encoding="utf-8"))
    store[neighbour.get("$id", path.name)] = neighbour
    store["file:///" + path.name] = neighbour
schema = json.loads((pathlib.Path(schemas) / schema_name).read_text(encoding="utf-8"))
identifier = schema.get("$id", "file:///" + schema_name)
resolver = jsonschema.RefResolver(identifier, schema, store=store)
validator = jsonschema.Draft202012Validator(schema, resolver=resolver)
assert not list(validator.iter_errors(document))

measure("json.loads", 200, lambda: json.loads(text))
measure("jsonschema", 5, lambda: list(validator.iter_errors(document)))
try:
    compiled = fastjsonschema.compile(
        {**schema, "$schema": "http://json-schema.org/draft-07/schema#"},
        handlers={"file": lambda uri: store[uri], "https": lambda uri: store[uri], "urn": lambda uri: store[uri]})
    compiled(document)
    measure("fastjsonschema", 50, lambda: compiled(document))
except Exception as failure:  # it knows draft-07 at most, and the schema is of 2020-12
    print(f"fastjsonschema\tit cannot compile this schema ({type(failure).__name__})")

xml = pathlib.Path(source_xml).read_bytes()
tree = etree.fromstring(xml)
transform = etree.XSLT(etree.parse(stylesheet))
canonical_bytes = pathlib.Path(canonical).read_bytes()
canonical_tree = etree.fromstring(canonical_bytes)
xml_schema = etree.XMLSchema(etree.parse(xsd))
assert xml_schema.validate(canonical_tree)
measure("lxml parse", 200, lambda: etree.fromstring(canonical_bytes))
measure("lxml XSD", 200, lambda: xml_schema.validate(canonical_tree))
measure("lxml XSLT", 200, lambda: transform(tree))
