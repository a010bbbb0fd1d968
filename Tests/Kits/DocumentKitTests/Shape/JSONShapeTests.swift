import DocumentKit
import Testing

@Suite("The shape of a JSON Schema")
struct JSONShapeTests {
  @Test("has members, arrays, items and their types as steps of the one tree")
  func steps() throws {
    let shape = try SchemaFolder.json(
      """
      {"type": "object", "required": ["code", "list", "person"], "additionalProperties": false, "properties": {
        "code": {"type": "string", "pattern": "^a", "minLength": 1, "maxLength": 9, "examples": ["ab"]},
        "count": {"type": ["integer", "null"], "minimum": 1, "exclusiveMaximum": 7, "multipleOf": 2},
        "list": {"type": "array", "minItems": 1, "maxItems": 4, "items": {"type": "string", "format": "date"}},
        "person": {"type": "object", "required": ["tên"], "properties": {"tên": {"type": "string"}}},
        "odd name": {"enum": ["x", 1, true, null]},
        "grid": {"type": "array", "items": {"type": "array", "items": {"type": "number"}}},
        "either": {"type": ["array", "null"], "items": {"type": "object", "properties": {"a": {"type": "boolean"}}}}
      }}
      """)
    #expect(shape.unsupported == [])
    #expect(shape.conditions == [])
    #expect(
      shape.lines == [
        "code string", "count{0,1} integer", "list{1,4} date", "person/tên string", "odd_x0020_name{0,1} string",
        "grid{0,*}/item{0,*} decimal", "either{0,*}/a{0,1}? boolean",
      ])
    let root = shape.roots[0]
    #expect(shape[root].name == "root")
    #expect(!shape.allowsOtherElements(in: root))
    let code = try #require(shape.find("code", from: root).match?.value)
    #expect((code.minLength, code.maxLength, code.patterns, code.examples) == (1, 9, ["^a"], ["ab"]))
    let count = try #require(shape.find("count", from: root).match)
    #expect(count.value?.minimum == ValueRules.Bound("1"))
    #expect(count.value?.maximum == ValueRules.Bound("7", isExclusive: true))
    #expect(count.value?.multipleOf == "2")
    #expect(shape[count.places[0]].isNillable)
    let odd = try #require(shape.find("odd_x0020_name", from: root).match?.value)
    #expect(odd.enumeration == ["x", "1", "true"])
    #expect(odd.jsonValues == ["\"x\"", "1", "true", "null"])
  }

  @Test("takes a root array apart into items, tuples by their positions")
  func arrays() throws {
    let shape = try SchemaFolder.json(
      """
      {"type": "array", "minItems": 2, "prefixItems": [{"type": "string"}, {"type": "integer"}], "items": {"type": "boolean"}}
      """)
    #expect(shape.lines == ["item{2,*} string"])
    let leaf = try #require(shape.leaves(of: shape.roots[0]).first)
    #expect(leaf.value.alternatives.map(\.kind) == [.string, .integer, .boolean])
    let old = try SchemaFolder.json(
      """
      {"$schema": "http://json-schema.org/draft-07/schema#", "type": "array",
       "items": [{"type": "string"}], "additionalItems": false}
      """)
    #expect(old.lines == ["item{0,1} string"])
  }

  @Test("merges allOf and references, and offers the branches of anyOf and oneOf as a choice")
  func combinations() throws {
    let shape = try SchemaFolder.json(
      """
      {"type": "object", "properties": {"a": {"$ref": "#/$defs/word", "maxLength": 3}},
       "allOf": [{"required": ["a"]}, {"$ref": "#more"}],
       "oneOf": [{"properties": {"x": {"type": "string"}}, "required": ["x"]},
                 {"properties": {"y": {"type": "object", "properties": {"z": {"const": 5}}}}}],
       "$defs": {"word": {"type": "string", "minLength": 1, "pattern": "w"},
                 "more": {"$anchor": "more", "type": "object", "properties": {"b": {"anyOf": [{"type": "integer"}, {"type": "boolean"}]},
                          "a": {"pattern": "v"}}}}}
      """)
    #expect(shape.unsupported == [])
    #expect(
      shape.lines == ["a string", "b{0,1} string", "x? string", "y{0,1}?/z{0,1} integer"])
    let word = try #require(shape.find("a", from: shape.roots[0]).match?.value)
    #expect(word.typeName == "word")
    #expect(word.patterns == ["w", "v"])
    #expect((word.minLength, word.maxLength) == (1, 3))
    #expect(shape.find("b", from: shape.roots[0]).match?.value?.alternatives.map(\.kind) == [.integer, .boolean])
    #expect(shape.find("y/z", from: shape.roots[0]).match?.value?.fixed == "5")
  }

  @Test("finds a neighbour by its $id and by its file name")
  func neighbours() throws {
    let folder = try SchemaFolder([
      "a.schema.json": """
      {"$id": "https://x.invalid/v/a", "type": "object", "properties": {
        "one": {"$ref": "b#/$defs/t"}, "two": {"$ref": "file:///c.schema.json"}, "three": {"$ref": "https://x.invalid/v/inner"}}}
      """,
      "b.schema.json": """
      {"$id": "https://x.invalid/v/b", "$defs": {"t": {"type": "integer"}, "u": {"$id": "inner", "type": "boolean"}}}
      """, "c.schema.json": #"{"type": "string"}"#, "broken.json": "{",
    ])
    let shape = try folder.shape("a.schema.json")
    #expect(shape.lines == ["one{0,1} integer", "two{0,1} string", "three{0,1} boolean"])
    let one = try #require(shape.find("one", from: shape.roots[0]).match)
    #expect(shape[one.places[0]].value?.typeName == "t")
    let error = try #require(throws: SchemaShapeError.self) {
      try SchemaFolder.json(#"{"properties": {"a": {"$ref": "gone.json"}}, "type": "object"}"#)
    }
    #expect(error.code == .schema)
    #expect(error.position.hasSuffix("s.schema.json:1:22"))
  }

  @Test("shows members of then and else as optional and says what the condition is")
  func conditions() throws {
    let shape = try SchemaFolder.json(
      """
      {"type": "object", "required": ["k"], "properties": {"k": {"type": "string"}},
       "if": {"properties": {"k": {"const": "1"}}}, "then": {"required": ["m"], "properties": {"m": {"type": "integer"}}},
       "else": {"properties": {"k": {"maxLength": 2}}}, "not": {"required": ["n"]}, "minProperties": 1}
      """)
    #expect(shape.unsupported == [])
    #expect(shape.lines == ["k string", "m{0,1} integer"])
    #expect(shape.conditions.map(\.construct) == ["not", "minProperties", "if"])
    #expect(shape.conditions.last?.rule.contains("'m' (then)") == true)
    #expect(shape.find("k", from: shape.roots[0]).match?.value?.maxLength == nil)
  }

  @Test("cuts a schema that contains itself in the list of leaves, and follows it in a path")
  func recursion() throws {
    let shape = try SchemaFolder.json(
      """
      {"type": "object", "additionalProperties": false,
       "properties": {"name": {"type": "string"}, "parts": {"type": "array", "items": {"$ref": "#"}}}}
      """)
    #expect(shape.lines == ["name{0,1} string", "parts{0,*}/name{0,1} string", "parts{0,*}/parts{0,*} any …"])
    #expect(shape.find("parts/parts/parts/name", from: shape.roots[0]).match != nil)
    #expect(throws: Never.self) { try SchemaFolder.json(##"{"$ref": "#"}"##) }
  }

  @Test("says what it does not express")
  func unsupported() throws {
    let shape = try SchemaFolder.json(
      """
      {"properties": {"a": {"enum": [{"b": 1}, "c"]}, "d": {"$dynamicRef": "#m"}},
       "$defs": {"m": {"$dynamicAnchor": "m", "type": "string"}}}
      """)
    #expect(shape.unsupported.map(\.construct) == ["properties without type", "enum", "$dynamicRef"])
  }

  @Test("refuses JSON that is no schema")
  func refusals() {
    #expect(throws: SchemaShapeError.self) { try SchemaFolder.json(#"{"openapi": "3.1.0"}"#) }
    #expect(throws: SchemaShapeError.self) { try SchemaFolder.json("{") }
  }
}
