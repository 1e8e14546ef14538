"""Asks Python's jsonschema which of these TOML files a schema takes: schema.py SCHEMA FILE...
Prints "valid FILE" or "invalid FILE: the place in it", a line each."""
import json
import sys
import tomllib

import jsonschema

with open(sys.argv[1], encoding="utf-8") as file:
    schema = json.load(file)
jsonschema.Draft7Validator.check_schema(schema)
validator = jsonschema.Draft7Validator(schema)
for name in sys.argv[2:]:
    with open(name, "rb") as file:
        try:
            content = tomllib.load(file)
        except tomllib.TOMLDecodeError:
            print("invalid", name + ": not TOML")
            continue
    mistake = jsonschema.exceptions.best_match(validator.iter_errors(content))
    if mistake is None:
        print("valid", name)
    else:
        print("invalid", name + ": " + "/".join(str(step) for step in mistake.absolute_path))
