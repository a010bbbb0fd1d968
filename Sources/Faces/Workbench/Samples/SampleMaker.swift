package import DocumentKit
import JSONKit
import ServiceKit
package import Validation
package import XMLKit

/// Makes documents that are valid against a schema, the same ones for the same seed on every machine.
///
/// Documents grow from the schema's shape and are validated before they are handed out. Rules that the shape does not
/// show, such as `if` and `then`, are met by repair: the place a finding names is grown anew, a bounded number of times.
package struct SampleMaker {
  package let shape: SchemaShape
  package let root: SchemaShape.Place.ID
  package let seed: UInt64
  let schema: SchemaRegistry.Schema
  let limits: SampleLimits
  /// Documents are written with line breaks; otherwise each is one line.
  package var isIndented = true
  private var made = 0
  let cache = SamplePatternCache()

  /// `schema` is the compiled form of the schema that `shape` was read from.
  package init(
    shape: SchemaShape, root: SchemaShape.Place.ID, schema: SchemaRegistry.Schema, seed: UInt64,
    limits: SampleLimits = .standard,
  ) {
    self.shape = shape
    self.root = root
    self.schema = schema
    self.seed = seed
    self.limits = limits
  }

  /// Samples of the schema in a file; `root` names the element of an XSD to begin with, its first one if left out, and
  /// `catalogue` answers imports that name no file.
  package init(
    contentsOf path: String, catalogue: XMLCatalogue = .empty, root name: String? = nil, seed: UInt64,
    limits: SampleLimits = .standard,
  ) throws(SampleError) {
    do {
      let shape = try SchemaShape(contentsOf: path, catalogue: catalogue)
      guard let root = name.map({ shape.root(named: $0) }) ?? shape.roots.first else {
        let known = shape.roots.map { shape[$0].name }.joined(separator: ", ")
        throw SampleError(
          .schema,
          name.map { "'\(path)' has no root element '\($0)'; it has \(known)." }
            ?? "'\(path)' declares no element that a document could begin with; name the schema that includes it.")
      }
      let schema: SchemaRegistry.Schema =
        shape.format == .xml
        ? .xml(try XMLSchema(contentsOf: path, catalogue: catalogue)) : .json(try JSONSchemaFile.compile(path))
      self.init(shape: shape, root: root, schema: schema, seed: seed, limits: limits)
    } catch let error as SampleError {
      throw error
    } catch {
      throw SampleError(.schema, "\(error)")
    }
  }

  /// Makes sample `number`, from 1, the next one; those before it need not be made.
  package mutating func start(at number: Int) { made = number - 1 }

  /// The next document.
  package mutating func next() throws(SampleError) -> Sample {
    made += 1
    let bytes = try document(SamplePlan(), chance: SeededGenerator(seed: seed).generator(for: "sample \(made)"))
    return Sample(name: "seed \(seed), \(made)", bytes: bytes)
  }

  /// A valid document by a plan; throws with the findings of the last attempt.
  func document(_ plan: SamplePlan, chance: SeededGenerator) throws(SampleError) -> [UInt8] {
    try validNode(plan, chance: chance).bytes
  }

  /// The elements of a valid document, and the document.
  func validNode(
    _ plan: SamplePlan, chance: SeededGenerator,
  ) throws(SampleError) -> (node: SampleNode, bytes: [UInt8]) {
    var grower = SampleGrower(shape: shape, limits: limits, plan: plan, texts: texts(chance))
    var findings: [Finding] = []
    for _ in 0..<4 {
      var node = try grower.grow(root)
      for _ in 0..<limits.tries {
        let bytes = try node.bytes(shape, isIndented: isIndented)
        findings = try self.findings(bytes)
        guard let finding = findings.first else { return (node, bytes) }
        guard try SampleRepair(shape: shape, finding: finding).repair(&node, with: &grower) else { break }
      }
    }
    throw SampleError(
      .invalid, "No valid sample was found by repairing; the schema has rules that its shape does not show.",
      findings: Array(findings.prefix(3)))
  }

  /// Texts by this chance, for any rules.
  func texts(_ chance: SeededGenerator) -> SampleTexts { SampleTexts(chance: chance, limits: limits, cache: cache) }

  /// What the schema says of a document.
  package func findings(_ bytes: [UInt8]) throws(SampleError) -> [Finding] {
    do {
      switch schema {
      case .json(let schema):
        let document = try JSONDocument(parsing: bytes)
        return schema.validate(document.root).map { Finding($0, of: document.root) }
      case .xml(let schema):
        return schema.validate(try XMLDocument(parsing: bytes)).map { Finding($0) }
      }
    } catch {
      throw SampleError(.invalid, "A sample cannot be read again: \(error).")
    }
  }
}
