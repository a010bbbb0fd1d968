import DocumentKit
import JSONKit
import Testing
import XMLKit

/// The shapes of the shipped schemas, proved against documents that other programs of the field could send.
@Suite("Shapes of the shipped schemas")
struct SchemaShapesTests {
  /// A schema file, `<tongue>/<version>/<file>`.
  struct Shipped: Sendable, CustomTestStringConvertible {
    let folder: String
    let file: String
    var testDescription: String { "\(folder)/\(file)" }
    var path: String { PackageFolder.root["Schemas"][folder].path + "/" + file }
    var isXSD: Bool { file.hasSuffix(".xsd") }

    /// The valid examples of this schema; for XSD those that name it or whose root it declares.
    func examples(_ shape: SchemaShape) -> [(example: Example, root: SchemaShape.Place.ID)] {
      Example.all(folder, "valid", isXSD ? ".xml" : ".json").compactMap { example in
        guard isXSD else {
          return example.subject + ".schema.json" == file ? (example, shape.roots[0]) : nil
        }
        if example.subject + ".xsd" == file { return (example, shape.roots[0]) }
        return shape.root(named: example.subject).map { (example, $0) }
      }
    }
  }

  static let all: [Shipped] = PackageFolder.root["Schemas"].names.flatMap { tongue in
    PackageFolder.root["Schemas"][tongue].names.flatMap { version in
      PackageFolder.root["Schemas"][tongue][version].names
        .filter { $0.hasSuffix(".xsd") || $0.hasSuffix(".schema.json") }
        .map { Shipped(folder: "\(tongue)/\(version)", file: $0) }
    }
  }

  @Test("every schema is there")
  func number() { #expect(Self.all.count >= 18) }

  @Test("no construct is left out", arguments: all)
  func complete(schema: Shipped) throws {
    let shape = try SchemaShape(contentsOf: schema.path)
    #expect(shape.unsupported == [])
    // Parts that other files include have no root.
    #expect(!shape.places.isEmpty || schema.isXSD && shape.roots.isEmpty)
  }

  /// Members that examples have and schemas do not name, to show that partners may add their own.
  static let foreign: Set<String> = ["TruongRiengCuaDonVi"]

  @Test(
    "every leaf of a valid example is a leaf of the shape, and what is always required is in the example",
    arguments: all)
  func examples(schema: Shipped) throws {
    let shape = try SchemaShape(contentsOf: schema.path)
    for (example, root) in schema.examples(shape) {
      let tree = try DocumentTree(parsing: try example.bytes(), as: schema.isXSD ? .xml : .json)
      let leaves = Dictionary(uniqueKeysWithValues: shape.leaves(of: root).map { ($0.path, $0) })
      var found: Set<String> = []
      var present: Set<String> = []
      var walk = [(tree.root, "")]
      while let (node, path) = walk.popLast() {
        var isLeaf = true
        present.insert(path)
        for attribute in node.attributes where attribute.namespace != "http://www.w3.org/2001/XMLSchema-instance" {
          found.insert(path.isEmpty ? "@\(attribute.localName)" : "\(path)/@\(attribute.localName)")
        }
        for child in node.elements {
          isLeaf = false
          walk.append((child, path.isEmpty ? child.localName : "\(path)/\(child.localName)"))
        }
        // null and {} have no text and are no leaves.
        if isLeaf, !path.isEmpty, node.hasText || tree.tag(of: node).kind == .string { found.insert(path) }
      }
      let unknown = found.subtracting(Self.foreign).filter { leaves[$0] == nil && !isFree($0, shape, root) }
      #expect(unknown.sorted() == [], "\(example.file) has leaves that the shape lacks")
      let missing = leaves.values.filter { $0.isAlwaysRequired && !present.union(found).contains($0.path) }.map(\.path)
      #expect(missing.sorted() == [], "\(example.file) lacks what the shape says is required")
    }
  }

  /// Whether a path is inside an object of which the schema says nothing, so that every member is right.
  private func isFree(_ path: String, _ shape: SchemaShape, _ root: SchemaShape.Place.ID) -> Bool {
    guard case .wildcard(let step, _) = shape.find(path, from: root) else { return false }
    let steps = path.split(separator: "/").prefix(step).map(String.init)
    guard let place = shape.find(steps, from: root).match?.places.first else { return false }
    switch shape[place].content {
    case .all(let parts, _)?, .sequence(let parts, _)?: return parts.count == 1
    default: return shape[place].value?.kind == .any
    }
  }
}
