import Testing

@testable import JSONKit

@Suite("Findings of a JSON Schema")
struct JSONSchemaFindingTests {
  private func findings(
    _ schema: String, _ data: String, dialect: JSONSchemaDialect = .draft202012, formats: Set<JSONSchemaFormat> = [],
    limits: JSONSchemaLimits = .standard
  ) throws -> [JSONSchemaFinding] {
    let options = JSONSchemaOptions(dialect: dialect, formats: formats, limits: limits)
    return try JSONSchema(JSONDocument(parsing: schema), options: options).validate(JSONDocument(parsing: data).root)
  }

  @Test(
    "Each keyword has its sentence in both languages, and none tells what the value holds",
    arguments: [
      (#"{"type":"string"}"#, "4711", "type", "must be of type string", "phải có kiểu chuỗi (string)"),
      (
        #"{"type":["integer","null"]}"#, "47.11", "type", "must be of type integer or null",
        "phải có kiểu số nguyên (integer) hoặc null"
      ),
      (
        #"{"enum":["a","b"]}"#, "\"4711\"", "enum", "is not one of the 2 values allowed here",
        "không thuộc 2 giá trị được phép"
      ),
      (
        #"{"const":1}"#, "4711", "const", "is not the one value allowed here", "không đúng giá trị duy nhất được phép"
      ),
      (#"{"minimum":5000}"#, "4711", "minimum", "must be at least 5000", "phải lớn hơn hoặc bằng 5000"),
      (#"{"maximum":1.50}"#, "4711", "maximum", "must be at most 1.50", "phải nhỏ hơn hoặc bằng 1.50"),
      (#"{"exclusiveMinimum":4711}"#, "4711.0", "exclusiveMinimum", "must be more than 4711", "phải lớn hơn 4711"),
      (#"{"exclusiveMaximum":10}"#, "4711", "exclusiveMaximum", "must be less than 10", "phải nhỏ hơn 10"),
      (#"{"multipleOf":0.01}"#, "47.115", "multipleOf", "must be a multiple of 0.01", "phải là bội số của 0.01"),
      (#"{"minLength":5}"#, "\"4711\"", "minLength", "must have at least 5 characters", "phải có ít nhất 5 ký tự"),
      (#"{"maxLength":3}"#, "\"4711\"", "maxLength", "must have at most 3 characters", "chỉ được có tối đa 3 ký tự"),
      (
        #"{"pattern":"^a"}"#, "\"4711\"", "pattern", "does not have the form its pattern demands",
        "không đúng mẫu (pattern) quy định"
      ),
      (#"{"format":"date"}"#, "\"4711\"", "format", "is not of the format date", "không đúng định dạng date"),
      (
        #"{"required":["MaTTHC"]}"#, #"{"x":4711}"#, "required", "the required member \"MaTTHC\" is missing",
        "thiếu trường bắt buộc \"MaTTHC\""
      ),
      (
        #"{"dependentRequired":{"x":["y"]}}"#, #"{"x":4711}"#, "dependentRequired",
        "the member \"y\" is missing, which \"x\" demands", "thiếu trường \"y\", bắt buộc khi có trường \"x\""
      ),
      (
        #"{"minProperties":2}"#, #"{"x":4711}"#, "minProperties", "must have at least 2 members",
        "phải có ít nhất 2 trường"
      ),
      (
        #"{"maxProperties":0}"#, #"{"x":4711}"#, "maxProperties", "must have at most 0 members",
        "chỉ được có tối đa 0 trường"
      ),
      (
        #"{"additionalProperties":false}"#, #"{"x":4711}"#, "additionalProperties",
        "the schema knows no member of this name; remove it or correct its name",
        "trường này không có trong quy định; hãy bỏ hoặc sửa lại tên trường"
      ),
      (
        #"{"propertyNames":{"maxLength":0}}"#, #"{"x":4711}"#, "propertyNames",
        "the name of this member is not allowed",
        "tên trường này không hợp lệ"
      ),
      (#"{"minItems":2}"#, "[4711]", "minItems", "must have at least 2 elements", "phải có ít nhất 2 phần tử"),
      (#"{"maxItems":0}"#, "[4711]", "maxItems", "must have at most 0 elements", "chỉ được có tối đa 0 phần tử"),
      (
        #"{"uniqueItems":true}"#, "[4711,4711.0]", "uniqueItems",
        "is equal to an earlier element; each may come only once",
        "trùng với phần tử trước; mỗi phần tử chỉ được có một lần"
      ),
      (
        #"{"contains":{"type":"null"}}"#, "[4711]", "contains",
        "must contain at least 1 elements of the kind described", "phải có ít nhất 1 phần tử theo quy định"
      ),
      (
        #"{"contains":true,"minContains":2}"#, "[4711]", "minContains",
        "must contain at least 2 elements of the kind described", "phải có ít nhất 2 phần tử theo quy định"
      ),
      (
        #"{"contains":true,"maxContains":0,"minContains":0}"#, "[4711]", "maxContains",
        "must contain at most 0 elements of the kind described", "chỉ được có tối đa 0 phần tử theo quy định"
      ),
      (
        #"{"prefixItems":[true],"items":false}"#, "[0,4711]", "items",
        "the list has no place for this element; remove it", "danh sách không được có phần tử này; hãy bỏ đi"
      ),
      (
        #"{"unevaluatedProperties":false}"#, #"{"x":4711}"#, "unevaluatedProperties",
        "the schema knows no member of this name; remove it or correct its name",
        "trường này không có trong quy định; hãy bỏ hoặc sửa lại tên trường"
      ),
      (
        #"{"unevaluatedItems":false}"#, "[4711]", "unevaluatedItems",
        "the list has no place for this element; remove it", "danh sách không được có phần tử này; hãy bỏ đi"
      ),
      (#"{"not":{}}"#, "4711", "not", "has a form that is forbidden here", "có dạng không được phép ở đây"),
      (
        #"{"oneOf":[true,true]}"#, "4711", "oneOf", "fits more than one alternative where exactly one must fit",
        "khớp nhiều phương án, chỉ được khớp đúng một"
      ),
      (
        #"{"anyOf":[false,false]}"#, "4711", "anyOf", "fits none of the 2 alternatives allowed here",
        "không khớp phương án nào trong 2 phương án được phép"
      ),
      ("false", "4711", "false", "nothing is allowed here; remove it", "không được phép có giá trị ở đây; hãy bỏ đi"),
    ])
  func sentences(schema: String, data: String, keyword: String, english: String, vietnamese: String) throws {
    let findings = try findings(schema, data, formats: [.date])
    #expect(findings.map(\.keyword) == [keyword])
    #expect(findings.first?.messageEnglish == english)
    #expect(findings.first?.messageVietnamese == vietnamese)
    if keyword != "exclusiveMinimum" { #expect(findings.first?.messageEnglish.contains("4711") == false) }
  }

  @Test("Every failure is reported with its place in the document and in the schema")
  func places() throws {
    let schema = """
      {"$id":"http://example.vn/hoso","required":["MaHoSo","TaiLieu"],"properties":{"TaiLieu":{"items":{"$ref":"#/$defs/tep"}}},
       "$defs":{"tep":{"required":["ten"],"properties":{"ten":{"maxLength":3},"cỡ/MB":{"minimum":1}}}}}
      """
    let data = "{\"TaiLieu\":[\n {\"ten\":\"dài quá\",\"cỡ/MB\":0},\n {}]}"
    let document = try JSONDocument(parsing: data)
    let found = try JSONSchema(JSONDocument(parsing: schema), at: "http://example.vn/cũ").validate(document.root)
    #expect(
      found.map(\.instanceLocation.description)
        == ["/TaiLieu/0/ten", "/TaiLieu/0/cỡ~1MB", "/TaiLieu/1", ""])
    #expect(
      found.map(\.keywordLocation) == [
        "http://example.vn/cũ#/$defs/tep/properties/ten/maxLength",
        "http://example.vn/cũ#/$defs/tep/properties/cỡ~1MB/minimum", "http://example.vn/cũ#/$defs/tep/required",
        "http://example.vn/cũ#/required",
      ])
    let positions = found.map { document.position(ofOffset: $0.offset) }
    #expect(
      positions == [
        JSONPosition(line: 2, column: 9), JSONPosition(line: 2, column: 27), JSONPosition(line: 3, column: 2),
        JSONPosition(line: 1, column: 1),
      ])
  }

  @Test("The value validated is the root of the locations, also inside a larger document")
  func partOfDocument() throws {
    let document = try JSONDocument(parsing: #"{"body":{"a":[1,"x"]}}"#)
    let schema = try JSONSchema(JSONDocument(parsing: #"{"properties":{"a":{"items":{"type":"integer"}}}}"#))
    let body = try #require(document.root["body"])
    #expect(schema.validate(body).map(\.instanceLocation.description) == ["/a/1"])
    #expect(schema.accepts(document.root))
  }

  @Test("Where only one alternative can be meant, its failures are told too")
  func meantAlternative() throws {
    let schema = #"{"anyOf":[{"type":"null"},{"type":"object","required":["a"],"properties":{"b":{"maxLength":1}}}]}"#
    #expect(try findings(schema, #"{"b":"xx"}"#).map(\.keyword) == ["anyOf", "maxLength", "required"])
    #expect(try findings(schema, "1").map(\.keyword) == ["anyOf"])
    let byKind = """
      {"oneOf":[{"properties":{"k":{"const":"a"}},"required":["x"]},{"properties":{"k":{"const":"b"}},"required":["y"]}]}
      """
    #expect(try findings(byKind, #"{"k":"c"}"#).map(\.keyword) == ["oneOf"])
  }

  @Test(
    "What is only tried is never a finding",
    arguments: [
      #"{"not":{"required":["z"]},"type":"array"}"#, #"{"if":{"required":["z"]},"then":true,"type":"array"}"#,
      #"{"anyOf":[{"required":["z"]},true],"type":"array"}"#, #"{"oneOf":[{"required":["z"]},true],"type":"array"}"#,
    ])
  func silence(schema: String) throws {
    #expect(try findings(schema, "{}").map(\.keyword) == ["type"])
  }

  @Test("The branch of a condition that holds is reported")
  func condition() throws {
    let schema = #"{"if":{"required":["a"]},"then":{"required":["b"]},"else":{"required":["c"]}}"#
    #expect(try findings(schema, #"{"a":1}"#).map(\.messageEnglish) == ["the required member \"b\" is missing"])
    #expect(try findings(schema, "{}").map(\.messageEnglish) == ["the required member \"c\" is missing"])
  }

  @Test("There are as many findings as the limit says, and no more")
  func findingLimit() throws {
    let schema = #"{"items":{"type":"string"}}"#
    #expect(try findings(schema, "[1,2,3]", limits: JSONSchemaLimits(findings: 3)).count == 3)
    #expect(try findings(schema, "[1,2,3,4]", limits: JSONSchemaLimits(findings: 3)).count == 3)
    let alternatives = #"{"anyOf":[{"type":"null"},{"items":{"type":"string"}}]}"#
    #expect(try findings(alternatives, "[1,2,3,4]", limits: JSONSchemaLimits(findings: 3)).count == 3)
  }

  @Test("draft-07 says `dependencies` and `additionalItems` where 2020-12 says otherwise")
  func draft07() throws {
    let schema = #"{"dependencies":{"a":["b"]},"items":[true],"additionalItems":false}"#
    #expect(try findings(schema, #"{"a":1}"#, dialect: .draft07).map(\.keyword) == ["dependencies"])
    #expect(try findings(schema, "[1,2]", dialect: .draft07).map(\.keyword) == ["additionalItems"])
  }

  @Test("Names and constants are the same however they are escaped in schema or document")
  func escapes() throws {
    let schema =
      #"{"properties":{"\u0061":{"enum":["\u00e9",[{"k":1}]]}},"required":["a"],"patternProperties":{"^b$":false}}"#
    #expect(try findings(schema, #"{"a":"é"}"#).isEmpty)
    #expect(try findings(schema, #"{"\u0061":"\u00E9"}"#).isEmpty)
    #expect(try findings(schema, #"{"\u0061":[{"\u006b":1.0}]}"#).isEmpty)
    #expect(try findings(schema, #"{"a":"e"}"#).map(\.keyword) == ["enum"])
    #expect(try findings(schema, #"{"a":"é","\u0062":1}"#).map(\.keyword) == ["false"])
  }
}
