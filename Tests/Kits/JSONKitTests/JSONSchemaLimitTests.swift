import Testing

@testable import JSONKit

@Suite("Limits of JSON Schema: at the limit it works, beyond it is never valid")
struct JSONSchemaLimitTests {
  private func schema(_ text: String, _ limits: JSONSchemaLimits) throws -> JSONSchema {
    try JSONSchema(JSONDocument(parsing: text), options: JSONSchemaOptions(limits: limits))
  }

  @Test("Depth: members and references count")
  func depth() throws {
    let tree = ##"{"properties":{"a":{"$ref":"#"}}}"##
    func nested(_ depth: Int) throws -> JSONValue {
      try JSONDocument(parsing: String(repeating: "{\"a\":", count: depth) + "1" + String(repeating: "}", count: depth))
        .root
    }
    let reference = ##"{"$ref":"#/$defs/a","$defs":{"a":true}}"##
    #expect(try schema(reference, JSONSchemaLimits(depth: 2)).accepts(try nested(0)))
    #expect(try !schema(reference, JSONSchemaLimits(depth: 1)).accepts(try nested(0)))
    // The root, and two schemas (member and reference) for each member.
    let limited = try schema(tree, JSONSchemaLimits(depth: 11))
    #expect(limited.accepts(try nested(5)))
    #expect(!limited.accepts(try nested(6)))
    let finding = try #require(limited.validate(nested(6)).first)
    #expect(finding.messageEnglish == "validation stopped: schemas apply to one another more than 11 levels deep")
    #expect(finding.instanceLocation.tokens == Array(repeating: "a", count: 6))
  }

  @Test(
    "A schema that refers to itself alone stops, also where failure would be success",
    arguments: [
      ##"{"$ref":"#"}"##, ##"{"not":{"$ref":"#"}}"##, ##"{"allOf":[{"$ref":"#"}]}"##,
      ##"{"anyOf":[true,{"$ref":"#"}],"not":{"$ref":"#"}}"##,
      ##"{"if":{"$ref":"#"},"else":true}"##,
      ##"{"$ref":"#/$defs/a","$defs":{"a":{"$ref":"#/$defs/b"},"b":{"$ref":"#/$defs/a"}}}"##,
      ##"{"$dynamicRef":"#a","$dynamicAnchor":"a"}"##,
    ])
  func endless(text: String) throws {
    let endless = try schema(text, .standard)
    let value = try JSONDocument(parsing: "1").root
    #expect(!endless.accepts(value))
    #expect(endless.validate(value).count == 1)
  }

  @Test("Steps: a schema whose work doubles at each level stops")
  func steps() throws {
    let value = try JSONDocument(parsing: "[1,2,3]").root
    #expect(try schema(#"{"items":{"type":"integer"}}"#, JSONSchemaLimits(steps: 4)).accepts(value))
    let limited = try schema(#"{"items":{"type":"integer"}}"#, JSONSchemaLimits(steps: 3))
    #expect(limited.validate(value).map(\.messageEnglish) == ["validation stopped: more than 3 steps were needed"])
    let levels = (1...40).map { level in
      let below = "{\"$ref\":\"#/$defs/a\(level - 1)\"}"
      return "\"a\(level)\":{\"allOf\":[\(below),\(below)]}"
    }
    let doubling = "{\"$ref\":\"#/$defs/a40\",\"$defs\":{\"a0\":true,\(levels.joined(separator: ","))}}"
    let exploding = try schema(doubling, JSONSchemaLimits(steps: 100_000))
    #expect(exploding.validate(value).first?.messageVietnamese == "dừng kiểm tra: cần quá 100000 bước")
  }

  @Test("Comparing unlike elements whose hashes agree counts as steps")
  func uniqueItems() throws {
    // Arrays of the same elements in other orders share a hash on purpose; comparing them all is quadratic.
    let rows = (0..<60).map { row in "[" + (0..<60).map { String(($0 + row) % 60) }.joined(separator: ",") + "]" }
    let value = try JSONDocument(parsing: "[\(rows.joined(separator: ","))]").root
    #expect(try schema(#"{"uniqueItems":true}"#, .standard).accepts(value))
    #expect(try !schema(#"{"uniqueItems":true}"#, JSONSchemaLimits(steps: 1_000)).accepts(value))
  }

  @Test("Many elements are compared for uniqueness in time linear in their number")
  func uniqueItemsLinear() throws {
    let value = try JSONDocument(parsing: "[" + (0..<100_000).map(String.init).joined(separator: ",") + "]").root
    #expect(try schema(#"{"uniqueItems":true}"#, JSONSchemaLimits(steps: 300_000)).accepts(value))
  }

  @Test("Schemas inside a schema")
  func schemas() throws {
    let text = #"{"properties":{"a":true,"b":true}}"#
    _ = try schema(text, JSONSchemaLimits(schemas: 3))
    do {
      _ = try schema(text, JSONSchemaLimits(schemas: 2))
      Issue.record("accepted")
    } catch let error as JSONError {
      #expect(error.code == .schemaTooLarge)
    }
  }

  @Test(
    "A pattern that backtracks without end is a finding, quickly, and never valid",
    arguments: [
      "^(a+)+$", "^(a|a)*$", "^(a|aa)+$", "^(.*a){25}$", "(a*)*[b-c]", "^(?:a?){40}a{40}$", "(x+x+)+y|^(a+)+$",
      "^([a-zA-Z]+)*$",
    ])
  func costlyPattern(pattern: String) throws {
    let text = "{\"not\":{\"not\":{\"pattern\":\"\(pattern)\"}}}"
    let value = try JSONDocument(parsing: "\"" + String(repeating: "a", count: 39) + "!\"").root
    let limited = try schema(text, .standard)
    let time = try CPUTime.spent {
      let finding = try #require(limited.validate(value).first)
      #expect(finding.keyword == "pattern")
      #expect(finding.messageEnglish.hasPrefix("pattern too costly"))
      #expect(finding.messageVietnamese.hasPrefix("mẫu (pattern) quá tốn kém"))
    }
    #expect(time < .seconds(10))
  }

  @Test("Many strings that are each just bearable do not add up: only so many costly matches are granted")
  func costlyPatterns() throws {
    // 2^16 or so steps each: more than the few every match gets, less than one costly match may take.
    let strings = Array(repeating: "\"" + String(repeating: "a", count: 15) + "\"", count: 60).joined(separator: ",")
    let text = #"{"items":{"pattern":"^(?:(a+)+!|a*)$"}}"#
    let value = try JSONDocument(parsing: "[\(strings)]").root
    #expect(try schema(text, JSONSchemaLimits(costlyPatterns: 60)).accepts(value))
    #expect(try !schema(text, JSONSchemaLimits(costlyPatterns: 59)).accepts(value))
  }

  @Test("Long texts against honest patterns are no trouble")
  func longTexts() throws {
    let text = #"{"pattern":"^[A-Za-z0-9+/=]*$","type":"string"}"#
    let value = try JSONDocument(parsing: "\"" + String(repeating: "QUJD", count: 500_000) + "\"").root
    #expect(try schema(text, .standard).accepts(value))
    #expect(try schema(#"{"pattern":"=$"}"#, .standard).validate(value).map(\.keyword) == ["pattern"])
    let groups = try JSONDocument(parsing: "\"" + String(repeating: "QUJD", count: 20_000) + "\"").root
    #expect(try schema(#"{"pattern":"^(?:QU|JD|x)*$"}"#, .standard).accepts(groups))
  }
}
