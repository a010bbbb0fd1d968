/// Applies a compiled schema to one document.
///
/// Without a report it stops at the first failure; with one it goes on and gathers findings. A limit that is met sets
/// `fault`, after which everything ends quickly and whatever was decided counts for nothing.
struct JSONSchemaEvaluator: ~Copyable {
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
  /// What was evaluated of the values being looked at, where somebody asks.
  var marked = JSONSchemaMarkStack()
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
  mutating func evaluate(_ schema: Int32, _ entry: Int, _ marks: JSONSchemaMarks) -> Bool {
    steps += 1
    guard fault == nil, depth < limits.depth, steps <= limits.steps else { return stop(schema, entry) }
    depth += 1
    let node = program.nodes[schema]
    let entersResource = program.hasDynamicScope && scope.last != node.pointee.resource
    if entersResource { scope.append(node.pointee.resource) }
    let isValid = evaluate(node, schema, entry, marks)
    if entersResource { scope.removeLast() }
    depth -= 1
    return isValid
  }

  /// As above, for a schema whose evaluations nobody asks for.
  @inline(__always) mutating func evaluate(_ schema: Int32, _ entry: Int) -> Bool {
    evaluate(schema, entry, .none)
  }

  @inline(__always) private mutating func evaluate(
    _ node: UnsafePointer<JSONSchemaNode>, _ schema: Int32, _ entry: Int, _ marks: JSONSchemaMarks
  ) -> Bool {
    let kind = view.tape[entry].kind
    if marks.isTracking || node.pointee.hasUnevaluated, kind == .object || kind == .array {
      let own = marked.open(count: view.tape[entry].count)
      let isValid = check(node, schema, entry, own)
      if isValid { marked.add(own, to: marks) }
      marked.close(own)
      return isValid
    }
    return check(node, schema, entry, .none)
  }

  /// All keywords of one schema.
  private mutating func check(
    _ node: UnsafePointer<JSONSchemaNode>, _ schema: Int32, _ entry: Int, _ own: JSONSchemaMarks
  ) -> Bool {
    if node.pointee.isFalse { return fail(schema, "false", entry, .nothingAllowed) }
    let types = node.pointee.types
    var isValid = types == .all || view.hasType(types, entry) || fail(schema, "type", entry, .type(types))
    if !isValid, !isReporting { return false }
    if node.pointee.constants >= 0, !checkConstants(node.pointee.constants, schema, entry) {
      isValid = false
      if !isReporting { return false }
    }
    if !checkKind(node, schema, entry, own) {
      isValid = false
      if !isReporting { return false }
    }
    if node.pointee.applicators >= 0, !apply(node.pointee.applicators, schema, entry, own) {
      isValid = false
      if !isReporting { return false }
    }
    if node.pointee.hasUnevaluated, !checkUnevaluated(node, schema, entry, own) { isValid = false }
    return isValid
  }

  /// The rules for the kind of value this is.
  @inline(__always) private mutating func checkKind(
    _ node: UnsafePointer<JSONSchemaNode>, _ schema: Int32, _ entry: Int, _ own: JSONSchemaMarks
  ) -> Bool {
    switch view.tape[entry].kind {
    case .object: node.pointee.object < 0 || checkObject(node.pointee.object, schema, entry, own)
    case .array: node.pointee.array < 0 || checkArray(node.pointee.array, schema, entry, own)
    case .string: node.pointee.string < 0 || checkString(node.pointee.string, schema, entry)
    case .number: node.pointee.number < 0 || checkNumber(node.pointee.number, schema, entry)
    case .true, .false, .null: true
    }
  }

  // MARK: Patterns

  /// Whether a pattern is found in a text; a costly one is a fault.
  mutating func matches(
    _ pattern: Int32, _ text: UnsafeBufferPointer<UInt8>, _ schema: Int32, _ keyword: String, _ entry: Int
  ) -> Bool {
    if matcher == nil { matcher = JSONPatternMatcher(limits: limits) }
    switch matcher!.match(program.patterns[pattern].pointee, in: text) {
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
    guard fault == nil, let isOpen = report?.isOpen(limits.findings) else { return false }
    return isOpen
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
