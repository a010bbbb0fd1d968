/// Applies a compiled schema to one document.
///
/// Without a report it stops at the first failure; with one it goes on and gathers findings. A limit that is met sets
/// `fault`, after which everything ends quickly and whatever was decided counts for nothing.
struct JSONSchemaEvaluator {
  /// The limit that ended a validation, and where.
  struct Fault {
    let sentence: JSONSchemaSentence
    let keyword: String
    let node: Int32
    let entry: Int
    /// The way to the value, if a report was kept.
    let path: JSONPointer
  }

  let program: JSONSchemaProgramView
  let limits: JSONSchemaLimits
  let document: JSONDocument
  let view: JSONTapeView
  let constants: JSONTapeView
  private(set) var fault: Fault?
  var report: JSONSchemaReport?
  var steps = 0
  private var depth = 0
  /// The resources that were entered and not left, outermost first; kept only where a `$dynamicRef` asks.
  var scope: [Int32] = []
  private var matcher: JSONPatternMatcher?

  init(
    program: JSONSchemaProgramView, limits: JSONSchemaLimits, document: JSONDocument, view: JSONTapeView,
    constants: JSONTapeView, report: JSONSchemaReport?
  ) {
    self.program = program
    self.limits = limits
    self.document = document
    self.view = view
    self.constants = constants
    self.report = report
  }

  /// Whether the value at an entry is valid by a schema; what it evaluates is added to `marks` if it is.
  mutating func evaluate(_ schema: Int32, _ entry: Int, _ marks: inout JSONSchemaMarks) -> Bool {
    steps += 1
    guard fault == nil, depth < limits.depth, steps <= limits.steps else { return stop(schema, entry) }
    depth += 1
    let node = program.nodes[schema].pointee
    let entersResource = program.hasDynamicScope && scope.last != node.resource
    if entersResource { scope.append(node.resource) }
    let isValid = evaluate(node, schema, entry, &marks)
    if entersResource { scope.removeLast() }
    depth -= 1
    return isValid
  }

  /// As above, for a schema whose evaluations nobody asks for.
  @inline(__always) mutating func evaluate(_ schema: Int32, _ entry: Int) -> Bool {
    var marks = JSONSchemaMarks.none
    return evaluate(schema, entry, &marks)
  }

  private mutating func evaluate(
    _ node: JSONSchemaNode, _ schema: Int32, _ entry: Int, _ marks: inout JSONSchemaMarks
  ) -> Bool {
    if node.isFalse { return fail(schema, "false", entry, .nothingAllowed) }
    let value = view.tape[entry]
    var isValid = node.types == .all || hasType(node.types, value) || fail(schema, "type", entry, .type(node.types))
    if !isValid, !isReporting { return false }
    if node.constants >= 0, !checkConstants(node.constants, schema, entry) {
      isValid = false
      if !isReporting { return false }
    }
    let isContainer = value.kind == .object || value.kind == .array
    var own: JSONSchemaMarks =
      isContainer && (marks.isTracking || node.hasUnevaluated) ? .tracking(count: value.count) : .none
    if !checkKind(node, schema, value, entry, &own) {
      isValid = false
      if !isReporting { return false }
    }
    if node.applicators >= 0, !apply(node.applicators, schema, entry, &own) {
      isValid = false
      if !isReporting { return false }
    }
    if node.hasUnevaluated, !checkUnevaluated(node, schema, value, entry, &own) {
      isValid = false
    }
    if isValid, marks.isTracking { marks.formUnion(own) }
    return isValid
  }

  /// The rules for the kind of value this is.
  @inline(__always) private mutating func checkKind(
    _ node: JSONSchemaNode, _ schema: Int32, _ value: JSONNode, _ entry: Int, _ own: inout JSONSchemaMarks
  ) -> Bool {
    switch value.kind {
    case .object: node.object < 0 || checkObject(node.object, schema, entry, &own)
    case .array: node.array < 0 || checkArray(node.array, schema, entry, &own)
    case .string: node.string < 0 || checkString(node.string, schema, entry)
    case .number: node.number < 0 || checkNumber(node.number, schema, entry)
    case .true, .false, .null: true
    }
  }

  private func hasType(_ types: JSONSchemaTypes, _ value: JSONNode) -> Bool {
    switch value.kind {
    case .object: types.contains(.object)
    case .array: types.contains(.array)
    case .string: types.contains(.string)
    case .true, .false: types.contains(.boolean)
    case .null: types.contains(.null)
    case .number:
      // 1.0 is an integer too (2020-12 validation §6.1.1).
      types.contains(.fraction) || (types.contains(.integer) && (value.mark || view.decimal(value).isInteger))
    }
  }

  // MARK: Patterns

  /// Whether a pattern is found in a text; a costly one is a fault.
  mutating func matches(
    _ pattern: Int32, _ text: UnsafeBufferPointer<UInt8>, _ schema: Int32, _ keyword: String, _ entry: Int
  ) -> Bool {
    let matcher = self.matcher ?? JSONPatternMatcher(limits: limits)
    self.matcher = matcher
    switch matcher.match(program.patterns[pattern].pointee, in: text) {
    case .match: return true
    case .noMatch: return false
    case .tooCostly: return stop(.patternTooCostly, keyword, schema, entry)
    }
  }

  // MARK: Limits

  private mutating func stop(_ schema: Int32, _ entry: Int) -> Bool {
    depth >= limits.depth
      ? stop(.tooDeep(limits.depth), "$ref", schema, entry) : stop(.tooManySteps(limits.steps), "$ref", schema, entry)
  }

  mutating func stop(_ sentence: JSONSchemaSentence, _ keyword: String, _ schema: Int32, _ entry: Int) -> Bool {
    if fault == nil {
      fault = Fault(
        sentence: sentence, keyword: keyword, node: schema, entry: entry,
        path: report?.pointer(in: document) ?? .root)
    }
    return false
  }

  // MARK: Findings

  /// Whether failures are findings now, and there is room for more.
  var isReporting: Bool {
    guard fault == nil, let report else { return false }
    return report.silence == 0 && report.findings.count < limits.findings
  }

  /// Notes a failure, if findings are gathered; always false.
  mutating func fail(
    _ schema: Int32, _ keyword: String, _ entry: Int, _ sentence: @autoclosure () -> JSONSchemaSentence
  ) -> Bool {
    guard isReporting, let path = report?.pointer(in: document) else { return false }
    let finding = finding(schema, keyword, entry, path, sentence())
    report?.findings.append(finding)
    return false
  }

  /// The findings in the end: those gathered, or the limit that was met.
  mutating func conclude() -> [JSONSchemaFinding] {
    guard let fault else { return report?.findings ?? [] }
    return [finding(fault.node, fault.keyword, fault.entry, fault.path, fault.sentence)]
  }

  private func finding(
    _ schema: Int32, _ keyword: String, _ entry: Int, _ path: JSONPointer, _ sentence: JSONSchemaSentence
  ) -> JSONSchemaFinding {
    let location = program.locations[program.nodes[schema].pointee.location].pointee
    return JSONSchemaFinding(
      instanceLocation: path,
      keywordLocation: keyword == "false" ? location : "\(location)/\(keyword)",
      keyword: keyword,
      offset: view.tape[entry].sourceRange.lowerBound,
      messageEnglish: sentence.english,
      messageVietnamese: sentence.vietnamese)
  }

  /// Tries something whose failures are no findings.
  mutating func silently(_ body: (inout JSONSchemaEvaluator) -> Bool) -> Bool {
    report?.silence += 1
    defer { report?.silence -= 1 }
    return body(&self)
  }
}
