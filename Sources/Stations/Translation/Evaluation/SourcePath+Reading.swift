import DocumentKit
import XMLKit

extension SourcePath {
  /// What the expression reads at this context; only listeners ask.
  func reading(at context: XMLNode, group: [XMLNode]) -> SourceReading {
    var reading = SourceReading()
    let variables = usesGroup ? Self.variables(group) : [:]
    if case .nodes(let nodes)? = try? compiled.evaluate(at: context, variables: variables), let first = nodes.first {
      reading.used = [first]
      reading.passedOver = Array(nodes.dropFirst())
    } else {
      for reference in references.values {
        let nodes = reference.nodes(at: context, variables)
        reading.used += reference.countsAll ? nodes : Array(nodes.prefix(1))
        if !reference.countsAll { reading.passedOver += nodes.dropFirst() }
      }
    }
    reading.tested = references.tests.flatMap { $0.nodes(at: context, variables) }
    return reading
  }

  /// What `each` reads: every node found is used.
  func readingOfEach(_ nodes: [XMLNode], at context: XMLNode, group: [XMLNode]) -> SourceReading {
    let variables = usesGroup ? Self.variables(group) : [:]
    return SourceReading(used: nodes, tested: references.tests.flatMap { $0.nodes(at: context, variables) })
  }
}

/// The compiled paths inside an expression.
struct CompiledReferences: Sendable {
  struct Reference: Sendable {
    let path: XPathExpression
    let countsAll: Bool

    func nodes(at context: XMLNode, _ variables: [String: XPathValue]) -> [XMLNode] {
      (try? path.nodes(at: context, variables: variables)) ?? []
    }
  }

  let values: [Reference]
  let tests: [Reference]

  static let none = CompiledReferences(values: [], tests: [])

  private init(values: [Reference], tests: [Reference]) {
    self.values = values
    self.tests = tests
  }

  /// A path that does not compile by itself is one that yields no nodes of the source.
  init(of expression: String, namespaces: [String: String]) {
    let found = ExpressionReferences(of: expression)
    func compiled(_ references: [ExpressionReferences.Reference]) -> [Reference] {
      references.compactMap { reference in
        let path = try? XPathExpression(
          reference.path, namespaces: namespaces, functions: DocumentFunctions.library)
        return path.map { Reference(path: $0, countsAll: reference.countsAll) }
      }
    }
    self.init(values: compiled(found.values), tests: compiled(found.tests))
  }
}
