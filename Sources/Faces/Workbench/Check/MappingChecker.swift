import DocumentKit
import Translation
import XMLKit

/// Finds the schemas of a mapping's ends and has its rows, or its stylesheet, checked against them.
struct MappingChecker {
  /// What one mapping gave.
  struct Result: Sendable {
    var findings: [CheckFinding] = []
    var codeUses: [MappingCheck.CodeUse] = []
    /// The root of the source's schema whose paths the mapping reads; nil of a stylesheet.
    var sourceRoot: String?
  }

  let codes: CodeTableRegistry
  let shelf: SchemaShelf

  func check(_ mapping: Mapping) -> Result {
    guard let definition = mapping.definition else { return Result() }
    return check(definition)
  }

  func check(_ definition: MappingDefinition) -> Result {
    var result = Result()
    let source = shape(definition.source.schema, Sentence("source", "nguồn"), definition.source.position, &result)
    let target = shape(definition.target.schema, Sentence("target", "đích"), definition.target.position, &result)
    guard let source, let target else { return result }
    let name = definition.target.root
    let root = target.roots.first {
      target[$0].name == name.local && target[$0].namespace == name.namespace
    }
    guard let root else {
      let names = target.roots.map { target[$0].name }
      let hint = NearestName.of(name.local, among: names).map(Sentence.didYouMean)
      result.findings.append(
        CheckFinding(
          .error, .schema, at: definition.target.position,
          Sentence(
            "the schema \(definition.target.schema) has no root ‘\(name.qualified)’",
            "lược đồ \(definition.target.schema) không có gốc ‘\(name.qualified)’"),
          remedy: hint ?? .roots(names)))
      return result
    }
    let tree = shelf.tree(of: target, at: definition.target.schema, from: root)
    let sources = source.roots.lazy.map { shelf.tree(of: source, at: definition.source.schema, from: $0) }
    return best(sources, tree, definition, result)
  }

  /// The mapping does not say with which root its source begins: it is the one whose paths it knows best.
  private func best(
    _ sources: some Sequence<SchemaTree>, _ target: SchemaTree, _ definition: MappingDefinition, _ result: Result,
  ) -> Result {
    var best: (result: Result, strangers: Int)?
    for source in sources {
      var check = MappingCheck(
        definition, codes: codes, shelf: shelf, source: source, target: target)
      check.run()
      let strangers = check.findings.count {
        $0.rule == .unknownSource || $0.rule == .ignoreUnknown
      }
      guard best.map({ strangers < $0.strangers }) ?? true else { continue }
      let found = Result(
        findings: result.findings + check.findings, codeUses: check.codeUses, sourceRoot: source[SchemaTree.root].name)
      best = (found, strangers)
      if strangers == 0 { break }
    }
    return best?.result ?? result
  }

  private func shape(
    _ schema: String, _ end: Sentence, _ position: YAMLPosition, _ result: inout Result,
  ) -> SchemaShape? {
    do throws(SchemaShapeError) {
      let shape = try shelf.shape(schema)
      result.findings += shape.unsupported.map { construct in
        CheckFinding(
          .note, .notProved, at: position,
          Sentence(
            "the \(end) schema uses \(construct.construct) at \(construct.position): \(construct.consequence)",
            "lược đồ \(end.vietnamese) dùng \(construct.construct) tại \(construct.position): \(construct.consequence.vietnamese)"
          )
        )
      }
      return shape
    } catch {
      result.findings.append(
        CheckFinding(
          .error, .schema, at: position,
          Sentence(
            "the schema of the \(end) cannot be read: \(error.description)",
            "không đọc được lược đồ của \(end.vietnamese): \(error.description)"),
          remedy: Sentence(
            "correct the path, which is taken from the folder of schemas",
            "hãy sửa đường dẫn, được tính từ thư mục lược đồ")))
      return nil
    }
  }
}

extension Sentence {
  /// What may be written in place of a root that a schema does not have.
  static func roots(_ names: [String]) -> Sentence {
    let list = names.joined(separator: ", ")
    return Sentence("its roots are \(list)", "các gốc của lược đồ là \(list)")
  }
}
