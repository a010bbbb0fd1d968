import DocumentKit

/// One end of a mapping that is being proposed: a schema and the root in it.
struct ProposalEnd {
  let schema: String
  let tree: SchemaTree

  /// Reads `path` or `path#root`.
  init(_ text: String, _ shelf: SchemaShelf) throws(ProposalError) {
    let parts = text.split(separator: "#", maxSplits: 1).map(String.init)
    schema = parts.first ?? text
    let shape: SchemaShape
    do throws(SchemaShapeError) {
      shape = try shelf.shape(schema)
    } catch {
      throw ProposalError(message: error.description)
    }
    let names = shape.roots.map { shape[$0].name }
    guard parts.count == 2 || names.count == 1 else {
      throw ProposalError(
        message: "\(schema) has several roots; write \(schema)#ROOT with one of \(names.joined(separator: ", "))")
    }
    guard let root = parts.count == 2 ? shape.root(named: parts[1]) : shape.roots.first else {
      let hint = NearestName.of(parts.last ?? "", among: names).map { "; did you mean \($0)?" } ?? ""
      throw ProposalError(message: "\(schema) has no root '\(parts.last ?? "")'\(hint)")
    }
    tree = SchemaTree(shape, from: root)
  }

  /// `dvcqg-a.ho-so`, or `canonical` for the schema every other one meets.
  var tongue: String {
    let parts = schema.split(separator: "/").map(String.init)
    guard let folder = parts.first, parts.count > 1, folder != "canonical" else { return parts.first ?? schema }
    let file = parts.last?.split(separator: ".").first.map(String.init) ?? ""
    return folder + "." + (isJSON ? file : tree[SchemaTree.root].name.lowercased())
  }

  private var isJSON: Bool { tree.shape.format == .json }

  private var rootNamespace: String? { namespaces.root }

  private var namespaces: (root: String?, others: [String]) {
    var all: [String] = []
    for node in tree.nodes {
      for place in node.places {
        if let namespace = tree.shape[place].namespace, !all.contains(namespace) { all.append(namespace) }
      }
    }
    let root = tree[SchemaTree.root].places.first.flatMap { tree.shape[$0].namespace }
    return (root, all)
  }

  /// Expressions need a prefix for every namespace.
  var sourcePrefixes: [String: String] { prefixes(of: namespaces.others) }

  /// Names without a prefix are in the root's namespace, but for attributes.
  var targetPrefixes: [String: String] {
    prefixes(of: namespaces.others).filter { $0.key != rootNamespace }
  }

  private func prefixes(of namespaces: [String]) -> [String: String] {
    Dictionary(uniqueKeysWithValues: namespaces.enumerated().map { ($0.element, "n\($0.offset + 1)") })
  }

  var sourceText: String { "{ schema: \(schema), format: \(format)\(Self.text(sourcePrefixes)) }" }

  var targetText: String {
    guard !isJSON else { return "{ schema: \(schema), format: json }" }
    let namespace = rootNamespace.map { ", namespace: \"\($0)\"" } ?? ""
    let root = tree[SchemaTree.root].name
    return "{ schema: \(schema), format: xml, root: \(root)\(namespace)\(Self.text(targetPrefixes)) }"
  }

  private var format: String { tree.shape.format.rawValue }

  private static func text(_ prefixes: [String: String]) -> String {
    guard !prefixes.isEmpty else { return "" }
    let members = prefixes.sorted { $0.value < $1.value }.map { "\($0.value): \"\($0.key)\"" }
    return ", namespaces: { \(members.joined(separator: ", ")) }"
  }
}
